// What the page's script knows of its page. Not served.

/** A date with neither time nor zone, as `2016-04-22`. */
type Day = string;

type Task = {
  id: number;
  name: string;
  due: Day | null;
  isCompleted: boolean;
  isPinned: boolean;
  isPersonal: boolean;
  isReadOnly: boolean;
  isOnTimeline: boolean;
  isNew: boolean;
  location: number;
};

type Project = { Id: number; Name: string; ParentId: number; Color: string | null; Important: boolean };

type PersistedMembers = {
  FilteredLocationIds: number[];
  GroupByProjects: boolean;
  HasShownMarkAsImportantCallout: boolean;
  HasShownTaskListTooLongNotification: boolean;
  QuickLaunchLandingPage: string | null;
};

type Wish = { search: string; sort: string; descending: boolean };

type ListData = { key: string; start: number; total: number; grouped: boolean };

/** What the server wrote into the page; those after `locations` only into some. */
type PageData = {
  context: Record<string, unknown> & { webServerRelativeUrl: string; serverTime: string };
  view: string;
  mailbox: { slug: string; owner: string; upn: string };
  now: number;
  pageSize: number;
  maxTasks: number;
  settings: Record<string, number> & { ImportantLocationIds: number[] };
  persisted: PersistedMembers;
  locations: Project[];
  lists: ListData[];
  wish: Wish;
  source?: string;
  optedIn?: boolean;
  pending?: boolean;
};
