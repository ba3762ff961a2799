"""Wire 2: SharePoint's client.svc and what clients call around it."""
