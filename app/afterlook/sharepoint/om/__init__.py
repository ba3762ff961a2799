"""SP.WorkManagement.OM: the types of [MS-WMCSOM], as data beside what carries their methods out."""
