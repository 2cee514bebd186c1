/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "baton-call-private.h"
#include "baton-redact.h"

G_DEFINE_BOXED_TYPE (BatonReply, baton_reply, baton_reply_ref, baton_reply_unref)

BatonCall *
baton_call_new (const char *method, const char *url)
{
  BatonCall *self = NULL;

  g_return_val_if_fail (method != NULL && url != NULL, NULL);

  self = g_new0 (BatonCall, 1);
  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_secret_free);

  return self;
}

void
baton_call_free (BatonCall *self)
{
  g_free (self->method);
  g_free (self->url);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
baton_call_add_header (BatonCall *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL && name != NULL && value != NULL);

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

void
baton_call_set_bearer (BatonCall *self, const char *token)
{
  g_return_if_fail (self != NULL && token != NULL);

  g_ptr_array_add (self->headers, g_strdup ("Authorization"));
  g_ptr_array_add (self->headers, g_strconcat ("Bearer ", token, NULL));
}

void
baton_call_take_body (BatonCall *self, const char *type, char *text)
{
  g_return_if_fail (self != NULL && type != NULL && text != NULL);

  g_clear_pointer (&self->body, g_bytes_unref);
  self->type = type;
  self->body = g_bytes_new_with_free_func (text, strlen (text), (GDestroyNotify) baton_secret_free,
                                           text);
}

gsize
baton_call_get_body_size (BatonCall *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->body != NULL ? g_bytes_get_size (self->body) : 0;
}

char *
baton_call_describe (BatonCall *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s %.*s", self->method, (int) strcspn (self->url, "?#"), self->url);
}

/**
 * baton_reply_new:
 * @body: (nullable): the text of the body
 *
 * Any thread.
 *
 * Returns: (transfer full): a reply as if a server had sent it
 */
BatonReply *
baton_reply_new (guint status, const char *content_type, const char *body)
{
  BatonReply *self = g_new0 (BatonReply, 1);

  g_atomic_ref_count_init (&self->references);
  self->status = status;
  self->content_type = g_strdup (content_type);
  self->body = g_bytes_new (body, body != NULL ? strlen (body) : 0);

  return self;
}

BatonReply *
baton_reply_ref (BatonReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
baton_reply_unref (BatonReply *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_free (self->reason);
  g_free (self->content_type);
  g_free (self->retry_after);
  g_free (self->location);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
