// What the console's script knows of its page. Not served.

/** A JSON schema as Pydantic writes it, in the parts that forms need. */
type Schema = {
  type?: string;
  format?: string;
  enum?: (string | number)[];
  const?: string | number;
  anyOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  $defs?: Record<string, Schema>;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  title?: string;
  description?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  maxLength?: number;
};

type Operation = {
  name: string;
  path: string;
  method: "GET" | "POST";
  summary: string;
  isSaved: boolean;
  schema: Schema;
};

type ConsoleData = { operations: Operation[]; base: string; api: string };

type FieldKind = "text" | "number" | "check" | "choice" | "list" | "json" | "text-or-json";

type Field = {
  name: string;
  label: string;
  help: string;
  kind: FieldKind;
  isRequired: boolean;
  options: string[];
  minimum?: number;
  maximum?: number;
  isWhole: boolean;
  maxLength?: number;
  preset: string;
};

type ClockState = { now: string; real: string; state: "real" | "moved" | "frozen" };

type MailboxEntry = {
  mailbox: string;
  upn: string;
  owner: string;
  opened_by: string;
  folders: number;
  tasks: number;
  attachments: number;
};

type Task = { Id: string; Subject: string } & Record<string, unknown>;
type Folder = { Id: string; Name: string; Tasks: Task[] } & Record<string, unknown>;

type Snapshot = { name: string; saved: string; mailboxes: number; tasks: number; bytes: number };
