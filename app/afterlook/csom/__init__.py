"""The client-side object model's protocol ([MS-CSOM]): requests in XML, answers in JSON.

Knows the request language and how values are written; must not know any type of a service.
"""
