/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-check-private.h"
#include "baton-redact.h"

struct _BatonCheck
{
  GObject parent_instance;

  const char *id;
  const char *title;
  BatonCheckState state;
  gint64 began;
  gint64 duration;
  char *sentence;     /* (owned) (nullable) */
  GError *error;      /* (owned) (nullable) */
  GPtrArray *details; /* (owned): a name, its value, … */
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BatonCheck, baton_check, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BatonCheckState,
                    baton_check_state,
                    G_DEFINE_ENUM_VALUE (BATON_CHECK_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (BATON_CHECK_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (BATON_CHECK_GOOD, "good"),
                    G_DEFINE_ENUM_VALUE (BATON_CHECK_NOTICE, "notice"),
                    G_DEFINE_ENUM_VALUE (BATON_CHECK_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (BATON_CHECK_SKIPPED, "skipped"))

static void
clear (BatonCheck *self)
{
  self->duration = 0;
  g_clear_pointer (&self->sentence, g_free);
  g_clear_error (&self->error);
  g_ptr_array_set_size (self->details, 0);
}

static void
set_state (BatonCheck *self, BatonCheckState state)
{
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
baton_check_finalize (GObject *object)
{
  BatonCheck *self = BATON_CHECK (object);

  clear (self);
  g_ptr_array_unref (self->details);

  G_OBJECT_CLASS (baton_check_parent_class)->finalize (object);
}

static void
baton_check_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, BATON_CHECK (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
baton_check_class_init (BatonCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = baton_check_finalize;
  object_class->get_property = baton_check_get_property;

  properties[PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, BATON_TYPE_CHECK_STATE, BATON_CHECK_WAITING,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
baton_check_init (BatonCheck *self)
{
  self->details = g_ptr_array_new_with_free_func (g_free);
}

BatonCheck *
_baton_check_new (const char *id, const char *title)
{
  BatonCheck *self = g_object_new (BATON_TYPE_CHECK, NULL);

  self->id = id;
  self->title = title;

  return self;
}

void
_baton_check_reset (BatonCheck *self)
{
  clear (self);
  set_state (self, BATON_CHECK_WAITING);
}

void
_baton_check_begin (BatonCheck *self, gint64 monotonic)
{
  clear (self);
  self->began = monotonic;
  set_state (self, BATON_CHECK_RUNNING);
}

void
_baton_check_end (
    BatonCheck *self, BatonCheckState state, gint64 monotonic, char *sentence, GError *error)
{
  if (self->state == BATON_CHECK_RUNNING)
    self->duration = monotonic - self->began;
  self->sentence = sentence;
  self->error = error;
  set_state (self, state);
}

void
_baton_check_add_detail (BatonCheck *self, const char *name, const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  g_ptr_array_add (self->details, g_strdup (_ (name)));
  g_ptr_array_add (self->details, baton_redact (value));
}

const char *
baton_check_get_id (BatonCheck *self)
{
  g_return_val_if_fail (BATON_IS_CHECK (self), NULL);

  return self->id;
}

const char *
baton_check_get_title (BatonCheck *self)
{
  g_return_val_if_fail (BATON_IS_CHECK (self), NULL);

  return _ (self->title);
}

BatonCheckState
baton_check_get_state (BatonCheck *self)
{
  g_return_val_if_fail (BATON_IS_CHECK (self), BATON_CHECK_WAITING);

  return self->state;
}

gint64
baton_check_get_duration (BatonCheck *self)
{
  g_return_val_if_fail (BATON_IS_CHECK (self), 0);

  return self->duration;
}

const char *
baton_check_get_sentence (BatonCheck *self)
{
  g_return_val_if_fail (BATON_IS_CHECK (self), NULL);

  return self->sentence;
}

const GError *
baton_check_get_error (BatonCheck *self)
{
  g_return_val_if_fail (BATON_IS_CHECK (self), NULL);

  return self->error;
}

guint
baton_check_get_n_details (BatonCheck *self)
{
  g_return_val_if_fail (BATON_IS_CHECK (self), 0);

  return self->details->len / 2;
}

void
baton_check_get_detail (BatonCheck *self, guint position, const char **name, const char **value)
{
  g_return_if_fail (BATON_IS_CHECK (self));
  g_return_if_fail (position < self->details->len / 2);

  *name = g_ptr_array_index (self->details, 2 * position);
  *value = g_ptr_array_index (self->details, 2 * position + 1);
}
