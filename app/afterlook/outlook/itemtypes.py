"""The items that can be attached: Message, Event and Contact, as the documents declare them.

Owns their properties (Outlook REST, "Resource reference"). They are kept as they are given.
"""

from __future__ import annotations

from afterlook.odata.edm import (
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    DOUBLE,
    INT32,
    STRING,
    EdmType,
    EntityType,
    EnumType,
    Navigation,
    Property,
    StructuredType,
    collection_of,
)
from afterlook.outlook.edm import (
    ATTACHMENT,
    DATE_TIME_TIME_ZONE,
    IMPORTANCE,
    ITEM,
    ITEM_BODY,
    MULTI_VALUE,
    NAMESPACE,
    PATTERNED_RECURRENCE,
    SENSITIVITY,
    SINGLE_VALUE,
)


def _enumeration(name: str, members: str) -> EnumType:
    return EnumType(f"{NAMESPACE}.{name}", members=tuple(members.split()))


def _properties(type_: EdmType, names: str) -> tuple[Property, ...]:
    return tuple(Property(name, type_, nullable=True) for name in names.split())


def _complex(name: str, *properties: tuple[Property, ...]) -> StructuredType:
    return StructuredType(f"{NAMESPACE}.{name}", properties=sum(properties, ()))


ATTENDEE_TYPE = _enumeration("AttendeeType", "Required Optional Resource")
EVENT_TYPE = _enumeration("EventType", "SingleInstance Occurrence Exception SeriesMaster")
FLAG_STATUS = _enumeration("FollowupFlagStatus", "NotFlagged Complete Flagged")
FREE_BUSY = _enumeration("FreeBusyStatus", "Free Tentative Busy Oof WorkingElsewhere Unknown")
INFERENCE = _enumeration("InferenceClassificationType", "Focused Other")
LOCATION_TYPE = _enumeration(
    "LocationType",
    "Default ConferenceRoom HomeAddress BusinessAddress GeoCoordinates StreetAddress Hotel "
    "Restaurant LocalBusiness PostalAddress",
)
RESPONSE = _enumeration(
    "ResponseType", "None Organizer TentativelyAccepted Accepted Declined NotResponded"
)
ENUMERATIONS = (
    ATTENDEE_TYPE,
    EVENT_TYPE,
    FLAG_STATUS,
    FREE_BUSY,
    INFERENCE,
    LOCATION_TYPE,
    RESPONSE,
)

EMAIL_ADDRESS = _complex("EmailAddress", _properties(STRING, "Name Address"))
RECIPIENT = _complex("Recipient", _properties(EMAIL_ADDRESS, "EmailAddress"))
RESPONSE_STATUS = _complex(
    "ResponseStatus", _properties(RESPONSE, "Response"), _properties(DATE_TIME_OFFSET, "Time")
)
TIME_SLOT = _complex("TimeSlot", _properties(DATE_TIME_TIME_ZONE, "Start End"))
ATTENDEE = _complex(
    "Attendee",
    RECIPIENT.properties,
    _properties(RESPONSE_STATUS, "Status"),
    _properties(ATTENDEE_TYPE, "Type"),
    _properties(TIME_SLOT, "ProposedNewTime"),
)
PHYSICAL_ADDRESS = _complex(
    "PhysicalAddress", _properties(STRING, "Street City State CountryOrRegion PostalCode")
)
COORDINATES = _complex(
    "GeoCoordinates",
    _properties(DOUBLE, "Altitude Latitude Longitude Accuracy AltitudeAccuracy"),
)
LOCATION = _complex(
    "Location",
    _properties(STRING, "DisplayName LocationEmailAddress LocationUri"),
    _properties(PHYSICAL_ADDRESS, "Address"),
    _properties(COORDINATES, "Coordinates"),
    _properties(LOCATION_TYPE, "LocationType"),
)
FOLLOWUP_FLAG = _complex(
    "FollowupFlag",
    _properties(DATE_TIME_TIME_ZONE, "CompletedDateTime DueDateTime StartDateTime"),
    _properties(FLAG_STATUS, "FlagStatus"),
)
MESSAGE_HEADER = _complex("InternetMessageHeader", _properties(STRING, "Name Value"))
MENTIONS_PREVIEW = _complex("MentionsPreview", _properties(BOOLEAN, "IsMentioned"))
COMPLEX_TYPES = (
    EMAIL_ADDRESS,
    RECIPIENT,
    RESPONSE_STATUS,
    TIME_SLOT,
    ATTENDEE,
    PHYSICAL_ADDRESS,
    COORDINATES,
    LOCATION,
    FOLLOWUP_FLAG,
    MESSAGE_HEADER,
    MENTIONS_PREVIEW,
)

_EXTENDED = (
    Navigation("SingleValueExtendedProperties", SINGLE_VALUE.name),
    Navigation("MultiValueExtendedProperties", MULTI_VALUE.name),
)


def _item(
    name: str, *properties: tuple[Property, ...], navigations: tuple[Navigation, ...] = _EXTENDED
) -> EntityType:
    return EntityType(
        f"{NAMESPACE}.{name}",
        properties=(*ITEM.properties, *sum(properties, ())),
        navigations=navigations,
        base=ITEM,
    )


MESSAGE = _item(
    "Message",
    _properties(
        STRING,
        "Subject BodyPreview ConversationId InternetMessageId ParentFolderId WebLink",
    ),
    _properties(ITEM_BODY, "Body UniqueBody"),
    _properties(collection_of(RECIPIENT), "ToRecipients CcRecipients BccRecipients ReplyTo"),
    _properties(RECIPIENT, "From Sender"),
    _properties(DATE_TIME_OFFSET, "ReceivedDateTime SentDateTime"),
    _properties(
        BOOLEAN,
        "HasAttachments IsDeliveryReceiptRequested IsDraft IsRead IsReadReceiptRequested "
        "UnsubscribeEnabled",
    ),
    _properties(IMPORTANCE, "Importance"),
    _properties(INFERENCE, "InferenceClassification"),
    _properties(FOLLOWUP_FLAG, "Flag"),
    _properties(collection_of(MESSAGE_HEADER), "InternetMessageHeaders"),
    _properties(MENTIONS_PREVIEW, "MentionsPreview"),
    _properties(collection_of(STRING), "UnsubscribeData"),
    navigations=(Navigation("Attachments", ATTACHMENT.name), *_EXTENDED),
)
EVENT = _item(
    "Event",
    _properties(
        STRING,
        "Subject BodyPreview iCalUId OnlineMeetingUrl OriginalStartTimeZone OriginalEndTimeZone "
        "SeriesMasterId WebLink",
    ),
    _properties(ITEM_BODY, "Body"),
    _properties(DATE_TIME_TIME_ZONE, "Start End"),
    _properties(DATE_TIME_OFFSET, "OriginalStart"),
    _properties(collection_of(ATTENDEE), "Attendees"),
    _properties(RECIPIENT, "Organizer"),
    _properties(LOCATION, "Location"),
    _properties(collection_of(LOCATION), "Locations"),
    _properties(
        BOOLEAN,
        "HasAttachments IsAllDay IsCancelled IsOrganizer IsReminderOn ResponseRequested",
    ),
    _properties(INT32, "ReminderMinutesBeforeStart"),
    _properties(IMPORTANCE, "Importance"),
    _properties(SENSITIVITY, "Sensitivity"),
    _properties(PATTERNED_RECURRENCE, "Recurrence"),
    _properties(RESPONSE_STATUS, "ResponseStatus"),
    _properties(FREE_BUSY, "ShowAs"),
    _properties(EVENT_TYPE, "Type"),
    navigations=(Navigation("Attachments", ATTACHMENT.name), *_EXTENDED),
)
CONTACT = _item(
    "Contact",
    _properties(
        STRING,
        "ParentFolderId FileAs DisplayName GivenName Initials MiddleName NickName Surname Title "
        "YomiGivenName YomiSurname YomiCompanyName Generation JobTitle CompanyName Department "
        "OfficeLocation Profession BusinessHomePage AssistantName Manager MobilePhone1 SpouseName "
        "PersonalNotes Gender",
    ),
    _properties(DATE_TIME_OFFSET, "Birthday"),
    _properties(DATE, "WeddingAnniversary"),
    _properties(collection_of(EMAIL_ADDRESS), "EmailAddresses"),
    _properties(collection_of(STRING), "ImAddresses HomePhones BusinessPhones Children"),
    _properties(PHYSICAL_ADDRESS, "HomeAddress BusinessAddress OtherAddress"),
    _properties(FOLLOWUP_FLAG, "Flag"),
)
ITEMS = (MESSAGE, EVENT, CONTACT)
