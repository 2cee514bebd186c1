/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "baton-error-words.h"

#define ANY (-1)

#define SIGN_IN N_ ("Sign in"), "win.sign-in-again"
#define CHECK_SIGN_IN N_ ("Check the sign-in"), "win.sign-in-again"
#define CHANGE_SCOPES N_ ("Change the scopes"), "win.sign-in-again"
#define CHOOSE_TENANT N_ ("Choose a tenant"), "win.choose-tenant"
#define CHOOSE_FOLDER N_ ("Choose a folder"), "workspace.choose-folder"
#define CHECK_CONNECTION N_ ("Check connection"), "win.check-connection"
#define NETWORK N_ ("Network and certificates…"), "win.network-settings"
#define LOOK_AT_CERTIFICATE N_ ("Look at the certificate…"), "win.show-certificate"
#define TRY_AGAIN N_ ("Try again"), "view.refresh"
#define REFRESH N_ ("Refresh"), "view.refresh"
/* What was typed stays in the form, and its own button is the way on. */
#define THE_FORM NULL, NULL

/* The first that fits is taken: the finer ones come first. */
static const BatonErrorWords table[] = {
  /* OAuth (fact sheet 2.3) */
  { ANY, "invalid_client", 0, 0, N_ ("The application is not known"),
    N_ ("The identity server does not know this client ID, or its secret is not the right one: it may have been deleted or have expired. "
        "Compare them with the external application in the organisation’s administration."),
    CHECK_SIGN_IN },
  { ANY, "invalid_grant", 0, 0, N_ ("This sign-in is not valid any more"),
    N_ ("What renews the access token was revoked, has expired, or was used already; of a code from the browser it may also be that the redirect "
        "URL is not the registered one. Sign in again, or enter a new key."),
    N_ ("Enter a new key"), "win.replace-key" },
  { BATON_ERROR_KEY_REVOKED, BATON_REASON_CUT_OFF, 0, 0, N_ ("A renewal was cut off: please sign in again"),
    N_ ("Baton was ended, or the network failed, while the server gave out the next refresh token. It gives each of them only once, so this "
        "sign-in cannot go on. The account, its tenants and everything else are kept."),
    N_ ("Sign in again"), "win.replace-key" },
  { ANY, "invalid_scope", 0, 0, N_ ("A scope was not granted"),
    N_ ("The external application was not given one of the scopes that were asked for. Take it out, or have an administrator add it: as an "
        "application scope where a secret signs in, as a user scope where a person does."),
    CHANGE_SCOPES },
  { ANY, "unauthorized_client", 0, 0, N_ ("The application may not sign in in this way"),
    N_ ("An application with application scopes signs in by its secret, one with user scopes in the browser, with a redirect URL."),
    CHECK_SIGN_IN },
  { ANY, "unsupported_grant_type", 0, 0, N_ ("This server does not know this way to sign in"),
    N_ ("Another way to sign in, or a newer server, is needed."), CHECK_SIGN_IN },
  { ANY, "access_denied", 0, 0, N_ ("The sign-in was refused"),
    N_ ("Somebody chose not to allow it in the browser, or the organisation does not. Sign in again and allow what Baton asks for."), SIGN_IN },
  { ANY, "invalid_request", 0, 0, N_ ("The identity server does not accept the request"),
    N_ ("Most often the redirect URL is not the one that is registered with the external application: it must be the same to the letter, with "
        "its port and without a slash more or less."),
    CHECK_SIGN_IN },
  { ANY, "219", 0, 0, N_ ("Your user is not part of this organisation yet"),
    N_ ("The invitation has not been accepted, or the browser is signed in as somebody else. Accept it, or sign out in the browser, and try "
        "again."),
    SIGN_IN },
  { ANY, "login_required", 0, 0, N_ ("The browser did not sign in"), N_ ("Try again and finish the sign-in there."), SIGN_IN },
  { ANY, "server_error", 0, 0, N_ ("The identity server has a problem"), N_ ("It could not finish the sign-in. Try again in a while."), SIGN_IN },
  { ANY, "temporarily_unavailable", 0, 0, N_ ("The identity server has a problem"),
    N_ ("It could not finish the sign-in. Try again in a while."), SIGN_IN },

  /* the way to the server */
  { BATON_ERROR_WRONG_ADDRESS, BATON_REASON_WEB_PAGE, 0, 0, N_ ("A web page answered in place of Orchestrator"),
    N_ ("The address leads to a portal, to a page for signing in, or to a proxy’s own page. Compare it with the address that a browser shows "
        "while Orchestrator is open in it."),
    CHECK_CONNECTION },
  { BATON_ERROR_WRONG_ADDRESS, BATON_REASON_MOVED, 0, 0, N_ ("Orchestrator may be at another address"),
    N_ ("Baton does not follow by itself: what you sign in with goes to the address that you entered and to no other. If you know the new "
        "address as one of your Orchestrator’s, sign in there."),
    N_ ("Use that address"), "win.use-address" },
  { BATON_ERROR_WRONG_ADDRESS, BATON_REASON_REDIRECT, 0, 0, N_ ("The server sends Baton somewhere else"),
    N_ ("Baton does not follow: what you sign in with goes to the address that you entered and to no other. Compare it with the address that "
        "a browser shows while Orchestrator is open in it."),
    N_ ("Correct the address"), "win.sign-in-again" },
  { BATON_ERROR_NO_NETWORK, BATON_REASON_DNS, 0, 0, N_ ("Orchestrator cannot be reached"),
    N_ ("No host of this name is known. Check how the address is spelt, the network, and a VPN."), CHECK_CONNECTION },
  { BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY_LOGIN, 0, 0, N_ ("The proxy asks for a user name and a password"),
    N_ ("Enter them once in the network settings of the account: the keyring keeps them. What was there, if anything, is not what it takes."),
    NETWORK },
  { BATON_ERROR_NO_NETWORK, BATON_REASON_PROXY, 0, 0, N_ ("The proxy does not let Baton through"),
    N_ ("It cannot be reached, or cannot reach the server. Check the proxy of the account and of the system."), NETWORK },
  { BATON_ERROR_TLS, BATON_REASON_CERTIFICATE, 0, 0, N_ ("The certificate of the server is not trusted"),
    N_ ("Nothing was sent. If your company has an authority of its own, choose its certificate under “Network and certificates”."),
    LOOK_AT_CERTIFICATE },
  { BATON_ERROR_TLS, BATON_REASON_CERTIFICATE_CHANGED, 0, 0, N_ ("The certificate of the server has changed"),
    N_ ("Ask whoever runs the server before you trust the new one."),
    LOOK_AT_CERTIFICATE },
  { BATON_ERROR_TLS, BATON_REASON_CLIENT_CERTIFICATE, 0, 0, N_ ("The server wants to see a certificate of yours"),
    N_ ("It lets in only who shows one that it knows."), NETWORK },
  { BATON_ERROR_TLS, BATON_REASON_CERTIFICATE_PASSWORD, 0, 0, N_ ("The client certificate stays closed"),
    N_ ("Type it again in the network settings of the account."), NETWORK },
  { BATON_ERROR_TLS, BATON_REASON_TRUST_FILE, 0, 0, N_ ("A file of certificates cannot be used"),
    N_ ("Baton does not go on with less than you asked for."), NETWORK },
  { BATON_ERROR_NO_NETWORK, BATON_REASON_REFUSED, 0, 0, N_ ("Orchestrator cannot be reached"),
    N_ ("The host is there, but takes no connection. Check the port in the address; the server may also be switched off."), CHECK_CONNECTION },

  { BATON_ERROR_WRONG_ADDRESS, BATON_REASON_TENANT, 0, 0, N_ ("Which tenant?"),
    N_ ("You are signed in, but the server does not tell which organisations and tenants there are. Add both names to the address, as the "
        "browser shows it while Orchestrator is open."),
    CHECK_SIGN_IN },

  /* what the token says of itself */
  { BATON_ERROR_NOT_ALLOWED, BATON_REASON_SCOPE, 0, 0, N_ ("A scope is missing"),
    N_ ("Sign in again with it. Where the server refuses that, an administrator has to add it to the external application first."),
    N_ ("Sign in with it"), "win.add-scope" },

  /* numbers of the service (fact sheet 4.3); those that were never stated are left to their status */
  { BATON_ERROR_INVALID, NULL, 1000, 0, N_ ("The request is not valid"),
    N_ ("A value, a filter or an order is not one that this server takes. Nothing was changed."), THE_FORM },
  { ANY, NULL, 1001, 0, N_ ("The name is taken"),
    N_ ("Another one of its kind has this name, perhaps in a folder that you cannot see. Choose another name."), THE_FORM },
  { ANY, NULL, 1002, 0, N_ ("It is not there"),
    N_ ("It was deleted or moved in the meantime, or lies in a folder that you cannot see."), REFRESH },
  { ANY, NULL, 1003, 0, N_ ("Orchestrator could not encrypt the value"),
    N_ ("The encryption of the tenant does not work. An administrator of the server has to look at it; nothing was stored."), TRY_AGAIN },
  { ANY, NULL, 1004, 0, N_ ("It exists already"),
    N_ ("There is one of this name, or the package was uploaded in this version before. Refresh to see it."), REFRESH },
  { ANY, NULL, 1005, 0, N_ ("It was not deleted"), N_ ("Something may use it still, or have changed it in the meantime."), REFRESH },
  { ANY, NULL, 1006, 0, N_ ("It was not created"), N_ ("Orchestrator could not store it. What was typed is still there."), THE_FORM },
  { ANY, NULL, 1007, 0, N_ ("It was not changed"),
    N_ ("It belongs to somebody else, as a comment of another user does, or was changed in the meantime."), REFRESH },
  { ANY, NULL, 1008, 0, N_ ("Orchestrator could not send the mail"),
    N_ ("The mail server in the settings of the tenant does not take it. An administrator can try it there."), TRY_AGAIN },
  { ANY, NULL, 1009, 0, N_ ("A value is not valid"), N_ ("One of the values does not fit the others, or is none that exists. Nothing was changed."),
    THE_FORM },
  { ANY, NULL, 1016, 0, N_ ("The reference was used before"),
    N_ ("This queue takes each reference once, those of deleted items included. Give the item another reference."), THE_FORM },
  { ANY, NULL, 1017, 0, N_ ("You are not allowed to do this there"),
    N_ ("In one of the folders that it concerns your roles do not include it. Nothing was changed in any of them."), CHECK_CONNECTION },
  { ANY, NULL, 1100, 0, N_ ("The folder cannot be used"),
    N_ ("It does not exist any more, or you have no access to it; its ID may have changed. Choose it anew at the top of the sidebar."),
    CHOOSE_FOLDER },
  { ANY, NULL, 1101, 0, N_ ("A folder is needed"), N_ ("This is kept per folder, and none was chosen. Choose one at the top of the sidebar."),
    CHOOSE_FOLDER },
  { ANY, NULL, 1500, 0, N_ ("The password is needed"),
    N_ ("A credential with a new user name needs its password, too: a stored one is never taken over. Type it again."), THE_FORM },
  { ANY, NULL, 1670, 0, N_ ("The robots have pending jobs of this process"),
    N_ ("A second one is not queued. Wait until they have started, or stop them first."), REFRESH },
  { ANY, NULL, 3204, 0, N_ ("The test set is empty"), N_ ("It needs at least one package and one test case."), THE_FORM },
  { ANY, NULL, 3219, 0, N_ ("The content does not fit the schema"), N_ ("The test data queue says in its JSON schema what an item has to hold."),
    THE_FORM },
  { ANY, NULL, 3234, 0, N_ ("Schedules of test sets are closed in this tenant"),
    N_ ("They may not be changed here. An administrator of the tenant can tell why."), CHECK_CONNECTION },

  /* statuses that say more than the code that stands for them */
  { BATON_ERROR_INVALID, NULL, 0, 413, N_ ("It is too large"), N_ ("The server does not take as much in one request. Send less at a time."), THE_FORM },
  { BATON_ERROR_INVALID, NULL, 0, 415, N_ ("Orchestrator does not take this kind of content"),
    N_ ("Something on the way may have changed the request. The check of the connection shows what."), CHECK_CONNECTION },
  { BATON_ERROR_SERVER, NULL, 0, 502, N_ ("Orchestrator is not there at the moment"),
    N_ ("What stands in front of it answers, but Orchestrator itself does not. Try again in a moment."), TRY_AGAIN },
  { BATON_ERROR_SERVER, NULL, 0, 503, N_ ("Orchestrator is not there at the moment"),
    N_ ("It is overloaded or being maintained. Try again in a while."), TRY_AGAIN },
  { BATON_ERROR_SERVER, NULL, 0, 504, N_ ("Orchestrator did not answer in time"),
    N_ ("What stands in front of it gave up waiting. A change may have been made all the same: refresh and look."), REFRESH },

  /* one for each code */
  { BATON_ERROR_NOT_SIGNED_IN, NULL, 0, 0, N_ ("You are not signed in"),
    N_ ("There is no key for this account any more, or Orchestrator refused the access token twice. Sign in again."), SIGN_IN },
  { BATON_ERROR_BAD_CREDENTIALS, NULL, 0, 0, N_ ("The sign-in was refused"),
    N_ ("The key, client ID, user name or password is not what Orchestrator knows. Compare them with the API Access page of Orchestrator and try "
        "again."),
    CHECK_SIGN_IN },
  { BATON_ERROR_KEY_REVOKED, NULL, 0, 0, N_ ("The user key was revoked"),
    N_ ("Someone chose “Revoke access” or made a new key, so this one no longer opens Orchestrator. Copy the new key from the API Access page and "
        "enter it here."),
    N_ ("Enter a new key"), "win.replace-key" },
  { BATON_ERROR_WRONG_ADDRESS, NULL, 0, 0, N_ ("The key is good, the address is not"),
    N_ ("An access token was issued, but this address is not one it is valid for. The address needs the account logical name and then the tenant "
        "logical name. Display names and folder names do not belong in it, though they often look alike."),
    CHOOSE_TENANT },
  { BATON_ERROR_KEYRING_LOCKED, NULL, 0, 0, N_ ("The keyring is locked"),
    N_ ("Baton keeps keys in the keyring of your desktop, and it was not unlocked."), N_ ("Unlock"), "win.unlock-keyring" },
  { BATON_ERROR_KEYRING_UNAVAILABLE, NULL, 0, 0, N_ ("There is no keyring"),
    N_ ("No service that keeps secrets answered, for instance GNOME Keyring or KWallet. Baton never writes a key to a file; it can keep it in "
        "memory for this run."),
    NULL, NULL },
  { BATON_ERROR_FOLDER_MISSING, NULL, 0, 0, N_ ("A folder is needed"),
    N_ ("This is kept per folder, and the folder was not given, does not exist any more, or is not visible to you. Choose a folder at the top of "
        "the sidebar."),
    CHOOSE_FOLDER },
  { BATON_ERROR_NOT_ALLOWED, NULL, 0, 0, N_ ("You are not allowed to do this"),
    N_ ("Your roles in Orchestrator, or the scopes of the application, do not include it. Ask an administrator of the tenant."), CHECK_CONNECTION },
  { BATON_ERROR_NOT_FOUND, NULL, 0, 0, N_ ("It is not there"),
    N_ ("It was deleted or moved in the meantime, or lies in a folder that you cannot see."), REFRESH },
  { BATON_ERROR_CONFLICT, NULL, 0, 0, N_ ("It was changed in the meantime"),
    N_ ("What is on the server does not fit with what was asked: the name may be taken, or the state may be another one by now. Refresh and look "
        "again."),
    REFRESH },
  { BATON_ERROR_RATE_LIMITED, NULL, 0, 0, N_ ("Orchestrator asked to wait"),
    N_ ("Too many requests came in a short time. Baton waits as long as it was told and goes on by itself."), TRY_AGAIN },
  { BATON_ERROR_NOT_IMPLEMENTED, NULL, 0, 0, N_ ("This Orchestrator cannot do that"),
    N_ ("Its version does not have this function, or the sandbox does not play it."), CHECK_CONNECTION },
  { BATON_ERROR_INVALID, NULL, 0, 0, N_ ("Orchestrator did not accept the request"),
    N_ ("A value was not what it expects, or is one that its version does not know. Nothing was changed."), CHECK_CONNECTION },
  { BATON_ERROR_SERVER, NULL, 0, 0, N_ ("Orchestrator has a problem"),
    N_ ("The server answered with an error of its own. It is usually short; try again in a moment."), TRY_AGAIN },
  { BATON_ERROR_NO_NETWORK, NULL, 0, 0, N_ ("Orchestrator cannot be reached"),
    N_ ("The host was not found, or it did not take the connection. Check the network, a VPN, and the address."), CHECK_CONNECTION },
  { BATON_ERROR_TIMED_OUT, NULL, 0, 0, N_ ("Orchestrator did not answer in time"),
    N_ ("The connection stands, but no answer came. The server may be busy; try again."), TRY_AGAIN },
  { BATON_ERROR_TLS, NULL, 0, 0, N_ ("The connection is not safe"),
    N_ ("The certificate of the server is not trusted on this computer, so nothing was sent. If it is your company’s own, have its authority added "
        "to the system’s certificates."),
    CHECK_CONNECTION },
  { ANY, NULL, 0, 0, N_ ("The answer could not be understood"),
    N_ ("What came back is not what an Orchestrator answers. The address may lead to a web page or to a proxy, or the answer was cut on its way."),
    CHECK_CONNECTION },
};

static gboolean
fits (const BatonErrorWords *words, int code, const BatonErrorDetails *details)
{
  if (words->code != ANY && words->code != code)
    return FALSE;
  if (details == NULL)
    return words->reason == NULL && words->service_code == 0 && words->http_status == 0;
  return (words->reason == NULL || g_strcmp0 (words->reason, details->reason) == 0)
         && (words->service_code == 0 || words->service_code == details->service_code)
         && (words->http_status == 0 || words->http_status == details->http_status);
}

const BatonErrorWords *
baton_error_words_find (int code, const BatonErrorDetails *details)
{
  const BatonErrorWords *words = table;

  /* The last one fits all. */
  while (!fits (words, code, details))
    words++;
  return words;
}
