/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-record.h"
#include "http/baton-request.h"
#include "odata/baton-query.h"

G_BEGIN_DECLS

/* A resource is one file of data; adding one is adding a file. The same description gives the list its columns, the query its
 * $select, the chips their filters, the detail pane its sections, the menu its actions. All texts are marked N_() and translated where shown. */

typedef enum
{
  BATON_FIELD_TEXT,
  BATON_FIELD_NUMBER,
  BATON_FIELD_BOOL,
  BATON_FIELD_TIME,
  BATON_FIELD_DURATION, /* from `property` (start) to `property_end`, or until now */
  BATON_FIELD_SECONDS,  /* a number of seconds */
  BATON_FIELD_STATE,    /* an enum with `states` */
  BATON_FIELD_JSON,     /* JSON, as text or as it is */
  BATON_FIELD_LONG,     /* text of several lines */
} BatonFieldKind;

typedef enum
{
  BATON_FIELD_DEFAULT = 1 << 0,   /* a column by default */
  BATON_FIELD_SORTABLE = 1 << 1,  /* by the server */
  BATON_FIELD_SEARCHED = 1 << 2,  /* the search looks here: contains */
  BATON_FIELD_FILTERED = 1 << 3,  /* a filter chip */
  BATON_FIELD_DETAIL = 1 << 4,    /* in the detail pane alone, no column; not in $select of the list */
  BATON_FIELD_MONOSPACE = 1 << 5, /* ids and keys */
  BATON_FIELD_CLIENT = 1 << 6,    /* comes with the list but cannot be named in $select */
  BATON_FIELD_HIDDEN = 1 << 7,    /* comes with the list, but is no column: for links, actions and the detail pane */
  BATON_FIELD_PRECISE = 1 << 8,   /* a time with its seconds */
} BatonFieldFlags;

typedef enum
{
  BATON_TONE_NEUTRAL,
  BATON_TONE_ACCENT,  /* running */
  BATON_TONE_SUCCESS,
  BATON_TONE_WARNING,
  BATON_TONE_ERROR,
} BatonTone;

typedef struct
{
  const char *value; /* as the service writes it; NULL ends */
  const char *label; /* N_() */
  const char *icon;  /* (nullable): symbolic icon name */
  BatonTone tone;
} BatonState;

typedef struct
{
  const char *id;           /* "state"; NULL ends */
  const char *property;     /* "State", or a path "Release/Name"; over an array the values are joined */
  const char *title;        /* N_("State") */
  BatonFieldKind kind;
  BatonFieldFlags flags;
  int width;                /* of the column, pixels; 0: a default by kind */
  const char *property_end; /* of a duration */
  const BatonState *states;
  const char *section;      /* N_() heading in the detail pane; NULL: the first */
  const char *sort_property; /* (nullable): ordered by this in place of property */
} BatonField;

typedef struct _BatonAction BatonAction;
struct _BatonAction
{
  const char *id;         /* "stop"; NULL ends */
  const char *label;      /* N_("Stop") */
  const char *icon;
  const char *permission; /* "Jobs.Edit" */
  const char *path;       /* (nullable): what is changed, for the scope that it needs; NULL: the resource's */
  gboolean destructive;   /* red, last, asks first */
  const char *question;   /* (nullable) N_(): asked before, what will happen */
  const char *form;       /* (nullable): a dialog of app by this name makes the request: "start-job", "add-queue-item", "asset", … */
  gboolean needs_row;     /* FALSE: an action of the list (Start job, New asset) */
  /* (nullable): TRUE where the action fits this record's state. */
  gboolean (*applies) (BatonRecord *record);
  /* (nullable where there is a form): the call for one record. */
  BatonRequest *(*make_request) (BatonRecord *record, gint64 folder);
};

typedef struct
{
  const char *label;    /* N_("Logs of this job"); NULL ends */
  const char *icon;
  const char *resource; /* id of the resource that it leads to */
  /* Returns: (transfer full) (nullable): the $filter there; NULL where this record has no such
   * link. */
  char *(*make_filter) (BatonRecord *record);
} BatonLink;

typedef enum
{
  BATON_SCOPE_TENANT,
  BATON_SCOPE_FOLDER,       /* a folder must be chosen */
  BATON_SCOPE_CROSS_FOLDER, /* "All folders" works */
} BatonScope;

struct _BatonResource
{
  const char *id;          /* "jobs" */
  const char *title;       /* N_("Jobs") */
  const char *singular;    /* N_("job") */
  const char *icon;
  const char *group;       /* N_("Automation"), heading in the sidebar */
  const char *path;        /* "/odata/Jobs" */
  const char *path_all;    /* (nullable): in place of path for all folders, e.g. "/odata/Assets/…GetAssetsAcrossFolders" */
  const char *detail_path; /* (nullable): printf of the key: "/odata/Jobs(%s)" */
  const char *detail_expand; /* (nullable) */
  const char *key;         /* property: "Id" */
  const char *name;        /* id of the field that names a record */
  const char *expand;      /* (nullable) */
  const char *sort;        /* id of the field */
  gboolean sort_descending;
  const char *tie_breaker; /* property that makes the order stable, "Id" */
  BatonScope scope;
  const char *permission;  /* "Jobs.View" */
  gboolean live;           /* changes while you look: auto-refresh */
  gboolean client_only;    /* the service does not sort it: small, all rows at once, sorted and searched here */
  const char *search_parameter; /* (nullable): the search goes to the service in this parameter, in place of $filter */
  const char *empty_title; /* N_("No jobs") */
  const char *empty_hint;  /* N_() */
  const BatonField *fields;
  const BatonAction *actions; /* (nullable) */
  const BatonLink *links;     /* (nullable) */
};

guint baton_resource_get_n_fields (const BatonResource *self);
/* Returns: -1 where there is none. */
int baton_resource_find_field (const BatonResource *self, const char *id);
const BatonState *baton_field_find_state (const BatonField *field, const char *value); /* (nullable) */
/* Returns: (transfer full): the list's query without range: path, $select, $expand, $count, order. @sort: (nullable): field id; NULL is the resource's own
 * order, and @descending is not used. @folder: 0 is all folders. */
BatonQuery *baton_resource_make_query (const BatonResource *self, gint64 folder, const char *sort, gboolean descending);
/* Adds the search for @text (nullable) to @query: the search parameter, or contains over the
 * searched fields. */
void baton_resource_add_search (const BatonResource *self, BatonQuery *query, const char *text);
/* Returns: (transfer full) (nullable): the by-key request; NULL where the service has none: the
 * record of the list is all there is. */
BatonRequest *baton_resource_make_detail_request (const BatonResource *self, BatonRecord *record, gint64 folder);

/* The catalogue, in the order of the sidebar; NULL-terminated. */
const BatonResource *const *baton_catalogue_get (void);
const BatonResource *baton_catalogue_find (const char *id); /* (nullable) */

G_END_DECLS
