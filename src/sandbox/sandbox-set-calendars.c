/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-calendar.h"
#include "sandbox-sets.h"

static const SandboxField calendars_fields[] = {
  { "Id", SANDBOX_FIELD_INT64, SANDBOX_FIELD_NOT_NULL },
  { "Name", SANDBOX_FIELD_STRING, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_REQUIRED, .maximum = 150 },
  { "TimeZoneId", SANDBOX_FIELD_STRING, .maximum = 80 },
  { "ExcludedDates", SANDBOX_FIELD_JSON, SANDBOX_FIELD_DETAIL },
  { "Key", SANDBOX_FIELD_GUID, SANDBOX_FIELD_NOT_NULL | SANDBOX_FIELD_READ_ONLY },
  { NULL },
};

const SandboxEntitySet sandbox_set_calendars = {
  .name = "Calendars",
  .type = "ExtendedCalendarDto",
  .key = "Id",
  .scope = SANDBOX_SCOPE_TENANT,
  .permission = "Settings",
  .view = "",
  .oauth = "OR.Settings",
  .max_top = 1000,
  .default_order = "Name",
  .fields = calendars_fields,
  .writes = SANDBOX_WRITE_CREATE | SANDBOX_WRITE_REPLACE | SANDBOX_WRITE_DELETE,
  .unique = "Name",
  .component = "Settings",
  .hooks = &sandbox_calendar_hooks,
};
