"""Modules of scripts, put together into one."""

from pathlib import Path

import pytest

from afterlook.assets.modules import put_together


def write(folder: Path, **modules: str) -> Path:
    """Write modules; return the one that is called main."""
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder / "main.js"


def test_each_module_is_there_once_before_what_needs_it(tmp_path: Path) -> None:
    main = write(
        tmp_path,
        main='// Begins.\nimport { a } from "./a.js";\nimport "./b.js";\n\na();\n',
        a='import { b } from "./b.js";\n\n/** Say b. */\nexport function a() {\n  b();\n}\n',
        b='import { a } from "./a.js";\nexport const c = "// kept";\n'
        "export async function b(/** @type {number} */ one) {\n  // Nothing.\n  return a;\n}\n",
    )
    assert put_together(main).split("\n") == [
        *('const c = "// kept";', "async function b(one) {", "return a;", "}"),
        *("function a() {", "b();", "}", "a();", ""),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("const a = 1;\n", "a is declared in a.js and in main.js"),
        ('import { b as c } from "./a.js";\n', "not of the kind"),
        ('import * as b from "./a.js";\n', "not of the kind"),
        ("export default 1;\n", "not of the kind"),
        ("export { a };\n", "not of the kind"),
    ],
)
def test_what_cannot_be_put_together_is_told(tmp_path: Path, text: str, problem: str) -> None:
    main = write(tmp_path, main=f'import {{ a }} from "./a.js";\n{text}', a="export let a = 2;\n")
    with pytest.raises(ValueError, match=problem):
        put_together(main)
