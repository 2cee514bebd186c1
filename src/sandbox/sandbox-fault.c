/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sandbox-fault.h"

#define ACTIVITIES "   at UiPath.Executor.WorkflowRuntime.<ExecuteAsync>d__41.MoveNext()\n"

static const SandboxFault faults[] = {
  { "Click 'Post'",
    "Could not find the UI element corresponding to this selector: <wnd app='saplogon.exe' "
    "title='Enter Incoming "
    "Invoice*' /><sap id='usr/btnPOST' />",
    "UiPath.Core.SelectorNotFoundException",
    "   at UiPath.Core.UiElement.ThrowIfNotFound(Selector selector, Int32 timeoutMS)\n"
    "   at UiPath.UIAutomationNext.Activities.NClick.ExecuteAsync(AsyncCodeActivityContext "
    "context)\n" ACTIVITIES,
    FALSE },
  { "HTTP Request",
    "The operation was canceled because it took longer than 00:01:40.",
    "System.TimeoutException",
    "   at System.Net.Http.HttpClient.HandleFailure(Exception e, Boolean telemetryStarted)\n"
    "   at UiPath.WebAPI.Activities.HttpClient.ExecuteAsync(NativeActivityContext "
    "context)\n" ACTIVITIES,
    FALSE },
  { "Get Transaction Item",
    "The remote name could not be resolved: 'erp.acme.example'",
    "System.Net.WebException",
    "   at System.Net.HttpWebRequest.EndGetResponse(IAsyncResult asyncResult)\n"
    "   at Acme.Erp.Client.OpenSession(Uri address)\n" ACTIVITIES,
    FALSE },
  { "Read Range",
    "The process cannot access the file 'C:\\RPA\\Input\\Statements.xlsx' because it is being used "
    "by another "
    "process.",
    "System.IO.IOException",
    "   at System.IO.FileStream.ValidateFileHandle(SafeFileHandle fileHandle)\n"
    "   at UiPath.Excel.Activities.ReadRange.Execute(CodeActivityContext context)\n" ACTIVITIES,
    FALSE },
  { "Throw business rule",
    "The invoice total 12480.50 EUR differs from the order total 12408.50 EUR.",
    "UiPath.Core.BusinessRuleException",
    "   at Acme.Invoices.Matching.Check(Invoice invoice, Order order)\n" ACTIVITIES,
    TRUE },
  { "Assign row",
    "Object reference not set to an instance of an object.",
    "System.NullReferenceException",
    "   at Acme.Orders.Main.<AssignRow>b__0(DataRow row)\n   at "
    "System.Activities.CodeActivity.InternalExecute()\n" ACTIVITIES,
    FALSE },
  { "Send SMTP Mail Message",
    "The SMTP server requires a secure connection or the client was not authenticated. 5.7.57 "
    "Client "
    "not authenticated to send mail.",
    "System.Net.Mail.SmtpException",
    "   at MailKit.Net.Smtp.SmtpClient.OnSenderNotAccepted(MimeMessage message)\n"
    "   at UiPath.Mail.SMTP.Activities.SendMail.ExecuteAsync()\n" ACTIVITIES,
    FALSE },
  { "Throw business rule",
    "The supplier is on the list of blocked suppliers.",
    "UiPath.Core.BusinessRuleException",
    "   at Acme.Vendors.Screening.Check(Vendor vendor)\n" ACTIVITIES,
    TRUE },
  { "Type Into 'Password'",
    "The account is locked. Ask your administrator to unlock it.",
    "UiPath.Core.ElementOperationException",
    "   at UiPath.Core.UiElement.WriteText(String text)\n   at "
    "UiPath.UIAutomationNext.Activities.NTypeInto.Execute()\n" ACTIVITIES,
    FALSE },
  { "Execute Query",
    "Timeout expired. The timeout period elapsed prior to completion of the operation or the "
    "server is not "
    "responding.",
    "Microsoft.Data.SqlClient.SqlException",
    "   at Microsoft.Data.SqlClient.SqlConnection.OnError(SqlException exception, Boolean "
    "breakConnection)\n"
    "   at UiPath.Database.DatabaseConnection.ExecuteQuery(String sql)\n" ACTIVITIES,
    FALSE },
};

guint
sandbox_fault_count (void)
{
  return G_N_ELEMENTS (faults);
}

const SandboxFault *
sandbox_fault_get (guint position)
{
  return &faults[position % G_N_ELEMENTS (faults)];
}

char *
sandbox_fault_make_info (const SandboxFault *self)
{
  return g_strdup_printf ("%s: %s\n\n%s: %s\n%s",
                          self->source,
                          self->message,
                          self->exception,
                          self->message,
                          self->trace);
}
