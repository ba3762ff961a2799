"""Tests of SP.WorkManagement.OM: requests as XML, carried out on a store."""
