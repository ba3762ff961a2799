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
  name: string;
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

/** An exchange as the journal lists it. */
type Exchange = {
  id: number;
  parent: number | null;
  part: string | null;
  at: string;
  real: string;
  ms: number;
  method: string;
  target: string;
  path: string;
  wire: string;
  operation: string | null;
  mailbox: string | null;
  status: number | null;
  reason: string;
  fault: { id: number; text: string; note?: string | null } | null;
  is_done: boolean;
  marks: string[];
};

type KeptBody = {
  bytes: number;
  media_type: string | null;
  text: string | null;
  base64: string | null;
  is_cut: boolean;
};

type Message = { headers: [string, string][]; body: KeptBody };

type WholeExchange = Exchange & {
  request: Message;
  answer: Message | null;
  contract: { rule: string; message: string; hint: string | null }[];
  successor: (Successor & { options: Named[]; members: Named[] }) | null;
};

/** What something of the Outlook API becomes in Microsoft Graph To Do; `to` is empty where nothing does. */
type Successor = { to: string; verdict: string; note: string };
type Named = Successor & { name: string };
