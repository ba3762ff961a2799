// From the JSON schema of an operation's parameters to the fields of a form, and from what was
// filled in to parameters. Knows no page.

/** @param {Schema} schema @param {Schema} whole @returns {Schema} */
function resolve(schema, whole) {
  const name = schema.$ref?.split("/").at(-1);
  const target = name ? whole.$defs?.[name] : undefined;
  if (target) return { ...resolve(target, whole), ...withoutRef(schema) };
  const alternatives = (schema.anyOf ?? schema.allOf ?? [])
    .map((one) => resolve(one, whole))
    .filter((one) => one.type !== "null");
  const only = alternatives[0];
  if (only && alternatives.length === 1) return { ...only, ...schema };
  return alternatives.length ? { ...schema, anyOf: alternatives } : schema;
}

/** @param {Schema} schema @returns {Schema} */
function withoutRef(schema) {
  const { $ref: _, ...rest } = schema;
  return rest;
}

/** @param {Schema} schema @returns {FieldKind} */
function kindOf(schema) {
  if (schema.enum || schema.const !== undefined) return "choice";
  if (!schema.type && schema.anyOf) {
    const types = schema.anyOf.map((one) => one.type);
    const isNumber = types.every((one) => one === "integer" || one === "number");
    if (isNumber) return "number";
    return types.includes("object") && types.includes("string") ? "text-or-json" : "text";
  }
  if (schema.type === "boolean") return "check";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "array") return schema.items?.type === "object" ? "json" : "list";
  return schema.type === "object" ? "json" : "text";
}

const ABBREVIATIONS = new Set(["upn", "id", "url"]);

/** `retry_after` as people read it. @param {string} name */
export function labelOf(name) {
  if (ABBREVIATIONS.has(name)) return name.toUpperCase();
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {unknown} value */
function asText(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : `${value}`;
}

/**
 * The fields of a form, in the order in which the parameters are declared.
 * @param {Schema} schema
 * @returns {Field[]}
 */
export function describeFields(schema) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const found = resolve(property, schema);
    const options = found.enum ?? (found.const === undefined ? [] : [found.const]);
    return {
      name,
      label: labelOf(name),
      help: property.description ?? found.description ?? "",
      kind: kindOf(found),
      isRequired: required.has(name),
      options: options.map(String),
      minimum: found.minimum ?? found.exclusiveMinimum,
      maximum: found.maximum ?? found.exclusiveMaximum,
      isWhole: found.type === "integer",
      maxLength: found.maxLength,
      preset: asText(property.default),
    };
  });
}

/**
 * The parameter that a field was filled in with; undefined where it was left empty.
 * Throws a SyntaxError for what is not JSON where it has to be.
 * @param {Field} field
 * @param {string | boolean} filled
 * @returns {unknown}
 */
export function readField(field, filled) {
  if (typeof filled === "boolean") return filled;
  const text = filled.trim();
  if (!text) return undefined;
  switch (field.kind) {
    case "number":
      return Number.isNaN(Number(text)) ? text : Number(text);
    case "list":
      return text
        .split(",")
        .map((one) => one.trim())
        .filter(Boolean);
    case "json":
      return JSON.parse(text);
    case "text-or-json":
      return text.startsWith("{") ? JSON.parse(text) : text;
    default:
      return text;
  }
}

/**
 * What a refusal says of each field: `at: give an instant; to: it is required`.
 * @param {string} message
 * @param {string[]} names
 * @returns {Map<string, string>}
 */
export function splitProblems(message, names) {
  /** @type {Map<string, string>} */
  const problems = new Map();
  for (const part of message.split(/; (?=[\w.]+: )/)) {
    const [path = "", ...rest] = part.split(": ");
    const name = path.split(".")[0] ?? "";
    if (rest.length && names.includes(name)) problems.set(name, rest.join(": "));
  }
  return problems;
}
