/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-operations.h"

#include <baton-json.h>

#include "sandbox-body.h"
#include "sandbox-delivery.h"
#include "sandbox-later.h"
#include "sandbox-smtp.h"
#include "sandbox-tenant-setting.h"

#define US "UiPath.Server.Configuration.OData."
#define ERROR_SENDING_MAIL 1008
#define ERROR_INVALID_ARGUMENT 1009
#define DEFAULT_FROM "noreply@localhost.localdomain"
#define FROM_SETTING "Abp.Net.Mail.DefaultFromAddress"

static const SandboxBodyField verify_fields[] = { { "sendTo", SANDBOX_BODY_TEXT, 1, 256 },
                                                  { "smtpSettingModel", SANDBOX_BODY_OBJECT },
                                                  { NULL } };

/* Definition: SmtpSettingModel. */
static const SandboxBodyField model_fields[] = {
  { "Host", SANDBOX_BODY_TEXT, 1, 255 },
  { "Port", SANDBOX_BODY_INT, 1, 65535 },
  { "UserName", SANDBOX_BODY_TEXT },
  { "Password", SANDBOX_BODY_TEXT },
  { "Domain", SANDBOX_BODY_TEXT },
  { "EnableSsl", SANDBOX_BODY_BOOL },
  { "UseDefaultCredentials", SANDBOX_BODY_BOOL },
  { "DefaultFromAddress", SANDBOX_BODY_TEXT, 0, 256 },
  { "DefaultFromDisplayName", SANDBOX_BODY_TEXT },
  { NULL },
};

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SandboxLater) later = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = sandbox_smtp_send_finish (result, &error);
  SandboxRequest *request = sandbox_later_get (later);

  if (request == NULL)
    return;
  if (ok)
    sandbox_reply_empty (request, 200);
  else
    sandbox_reply_error (request, 400, ERROR_SENDING_MAIL, "The mail could not be sent. %s",
                         error->message);
}

/* Returns: TRUE where the mail may go; answers where it may not. */
static gboolean
check_mail (SandboxRequest *request, const SandboxMail *mail)
{
  if (!sandbox_smtp_is_address (mail->to) || !sandbox_smtp_is_address (mail->from))
    {
      sandbox_reply_error (request, 400, ERROR_INVALID_ARGUMENT,
                           "sendTo and DefaultFromAddress must be e-mail addresses.");
      return FALSE;
    }
  if (!sandbox_delivery_may_call (request->server, mail->host))
    {
      sandbox_reply_error (request, 400, ERROR_SENDING_MAIL,
                           "The mail could not be sent. The sandbox calls this computer alone, "
                           "unless webhook-targets says any.");
      return FALSE;
    }

  return TRUE;
}

/* Sends a mail for real, over the server that is described. The tenant has none of its own. */
static void
verify_cb (SandboxRequest *request)
{
  JsonObject *model;
  g_autofree char *preset = NULL;
  const char *from;
  SandboxMail mail = { .subject = "Test", .text = "The mail settings of the tenant work." };

  if (!sandbox_body_check (request, request->body, "verifySmtpSettingParameters", verify_fields)
      || !sandbox_body_require (request, request->body, "sendTo", "smtpSettingModel", NULL))
    return;
  model = baton_json_peek_object (request->body, "smtpSettingModel");
  if (!sandbox_body_check (request, model, "smtpSettingModel", model_fields)
      || !sandbox_body_require (request, model, "Host", "Port", NULL))
    return;

  preset = sandbox_tenant_setting_dup (request->store, request->tenant, FROM_SETTING);
  from = baton_json_peek_string (model, "DefaultFromAddress");
  mail.host = baton_json_peek_string (model, "Host");
  mail.port = (guint16)baton_json_peek_int (model, "Port", 0);
  mail.tls = baton_json_peek_bool (model, "EnableSsl", FALSE);
  mail.user = baton_json_peek_string (model, "UserName");
  mail.password = baton_json_peek_string (model, "Password");
  mail.from = from != NULL && *from != '\0' ? from : preset != NULL ? preset : DEFAULT_FROM;
  mail.to = baton_json_peek_string (request->body, "sendTo");
  if (check_mail (request, &mail))
    sandbox_smtp_send_async (&mail, NULL, sent_cb, sandbox_later_new (request));
}

const SandboxOperation sandbox_mail_operations[] = {
  { "POST", "/odata/Settings/" US "VerifySmtpSetting", SANDBOX_SIGNED, SANDBOX_SCOPE_TENANT,
    "Settings.Edit", verify_cb },
  { NULL },
};
