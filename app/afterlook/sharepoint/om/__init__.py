"""SP.WorkManagement.OM: the types of [MS-WMCSOM], as data beside what carries their methods out.

Must not know how a task is kept: `workmanagement` does.
"""
