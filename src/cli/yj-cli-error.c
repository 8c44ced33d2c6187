/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where an error becomes a sentence and an exit status. */
#include "yj-cli.h"

#include <glib/gi18n-lib.h>

static const char *
get_sentence (int code)
{
  switch (code)
    {
    case YJ_ERROR_UNAUTHORIZED:
      return _("The platform refuses the API key. Enter another with “yuanjing-cli key set”.");
    case YJ_ERROR_BALANCE:
      return _("There is no money left in the account. Top up on the web console.");
    case YJ_ERROR_INVALID_REQUEST:
      return _("The platform does not take the request as it is.");
    case YJ_ERROR_RATE_LIMIT:
      return _("The platform asks for a pause: there were too many requests.");
    case YJ_ERROR_NOT_FOUND:
      return _("The platform does not know it.");
    case YJ_ERROR_SERVER:
      return _("Something went wrong on the platform's side.");
    case YJ_ERROR_PROTOCOL:
      return _("The answer cannot be understood. Is the address that of the platform?");
    case YJ_ERROR_UNSENT:
      return _("The platform cannot be reached. Nothing was sent.");
    case YJ_ERROR_AMBIGUOUS:
      return _("It is not known whether the platform took the job: it may have been charged. Look at the web console before you send it again.");
    case YJ_ERROR_CUT:
      return _("The connection broke off.");
    case YJ_ERROR_REFUSED:
      return _("The platform says that it failed.");
    case YJ_ERROR_CANCELLED:
      return _("Stopped before anything was sent.");
    default:
      return NULL;
    }
}

/**
 * yj_cli_error_text:
 * @code: a `YjError`, or -1
 * @message: (nullable): the platform's or the system's own words
 *
 * Returns: (transfer full): what happened and what helps, the words behind it
 */
char *
yj_cli_error_text (int         code,
                   const char *message)
{
  const char *sentence = get_sentence (code);

  if (sentence == NULL)
    return g_strdup (message != NULL && *message != '\0' ? message : _("Something went wrong."));
  if (message == NULL || *message == '\0')
    return g_strdup (sentence);
  return g_strdup_printf ("%s (%s)", sentence, gettext (message));
}

static char *
get_library_text (const GError *error)
{
  const char *sentence = _("The library cannot be used.");

  switch ((YjLibraryError) error->code)
    {
    case YJ_LIBRARY_ERROR_NEWER:
      sentence = _("The library was made by a newer version of Yuanjing.");
      break;
    case YJ_LIBRARY_ERROR_DAMAGED:
      sentence = _("The library is damaged.");
      break;
    case YJ_LIBRARY_ERROR_FULL:
      sentence = _("The disk is full.");
      break;
    case YJ_LIBRARY_ERROR_READ_ONLY:
      sentence = _("The library cannot be written.");
      break;
    case YJ_LIBRARY_ERROR_BUSY:
      sentence = _("Another program holds the library. Try again.");
      break;
    case YJ_LIBRARY_ERROR_FAILED:
      break;
    }
  return g_strdup_printf ("%s (%s)", sentence, error->message);
}

/**
 * yj_cli_error_exit:
 * @error: any error
 *
 * Returns: the exit status for it
 */
int
yj_cli_error_exit (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return YJ_EXIT_INTERRUPTED;
  if (error->domain != YJ_ERROR)
    return YJ_EXIT_FAILED;

  switch (error->code)
    {
    case YJ_ERROR_UNAUTHORIZED:
      return YJ_EXIT_KEY;
    case YJ_ERROR_BALANCE:
      return YJ_EXIT_BALANCE;
    case YJ_ERROR_INVALID_REQUEST:
      return YJ_EXIT_INVALID;
    case YJ_ERROR_UNSENT:
    case YJ_ERROR_CUT:
      return YJ_EXIT_NETWORK;
    case YJ_ERROR_AMBIGUOUS:
      return YJ_EXIT_UNCONFIRMED;
    case YJ_ERROR_CANCELLED:
      return YJ_EXIT_INTERRUPTED;
    default:
      return YJ_EXIT_FAILED;
    }
}

/**
 * yj_cli_fail:
 * @error: what went wrong
 *
 * Says it on standard error; an interruption by the person is not told to the person.
 *
 * Returns: the exit status for it
 */
int
yj_cli_fail (const GError *error)
{
  int status = yj_cli_error_exit (error);
  g_autofree char *text = NULL;

  if (status == YJ_EXIT_INTERRUPTED)
    return status;
  if (error->domain == YJ_LIBRARY_ERROR)
    text = get_library_text (error);
  else
    text = yj_cli_error_text (error->domain == YJ_ERROR ? error->code : -1, error->message);
  yj_cli_say ("yuanjing-cli: %s", text);
  return status;
}
