"""The REST face of a web: `_api/…`, as OData 3 was spoken by SharePoint."""
