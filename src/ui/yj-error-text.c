/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-error-text"

#include "yj-error-text.h"

#include <glib/gi18n.h>

#include "yj-attachment.h"
#include "yj-catalog.h"
#include "yj-error.h"
#include "yj-export.h"
#include "yj-library.h"
#include "yj-probe.h"

/* A sentence, and the platform's or the system's own words behind it where there are any; ours in place of the system's
 * are kept in English and have a translation. */
static char *
with_words (const char *sentence,
            const char *words)
{
  if (words == NULL || *words == '\0')
    return g_strdup (sentence);

  /* translators: first a sentence of ours, then the words of the platform or the system as they came */
  return g_strdup_printf (_("%s (%s)"), sentence, gettext (words));
}

static char *
platform_text (YjError     code,
               const char *message)
{
  switch (code)
    {
    case YJ_ERROR_UNAUTHORIZED:
      return with_words (_("The platform did not accept the API key. Enter it again, or create a new one on the web console."), message);
    case YJ_ERROR_BALANCE:
      return g_strdup (_("The account has no balance left. Top it up on the web console; nothing was charged."));
    case YJ_ERROR_INVALID_REQUEST:
      return with_words (_("The platform refused what was sent. Change it and try again."), message);
    case YJ_ERROR_RATE_LIMIT:
      return g_strdup (_("The platform is asked too often at the moment. Wait a little and try again."));
    case YJ_ERROR_NOT_FOUND:
      return g_strdup (_("The platform does not know this any more."));
    case YJ_ERROR_SERVER:
      return with_words (_("The platform has a fault of its own. Try again later."), message);
    case YJ_ERROR_PROTOCOL:
      return g_strdup (_("The answer was not the platform’s. Check the base URL, and whether the network first wants a sign-in page."));
    case YJ_ERROR_UNSENT:
      return with_words (_("The platform cannot be reached and nothing was sent. Check the network and try again."), message);
    case YJ_ERROR_AMBIGUOUS:
      return g_strdup (_("It is not known whether the platform took the order: it may have been charged. Look at the web console before you submit it again."));
    case YJ_ERROR_CUT:
      return g_strdup (_("The connection broke off. What came before is kept; try again for the whole."));
    case YJ_ERROR_REFUSED:
      return with_words (_("The platform could not do it. Change what you ask for, or try another model."), message);
    case YJ_ERROR_CANCELLED:
      return g_strdup (_("Stopped before anything was sent."));
    }

  /* none of the platform's: ours of the disk are kept in English, too */
  return g_strdup (message != NULL && *message != '\0' ? gettext (message) : _("Something went wrong."));
}

static char *
library_text (YjLibraryError  code,
              const char     *message)
{
  switch (code)
    {
    case YJ_LIBRARY_ERROR_NEWER:
      return g_strdup (_("The library was made by a newer version of Yuanjing. Update the program to open it."));
    case YJ_LIBRARY_ERROR_DAMAGED:
      return g_strdup (_("The library file is damaged. Put it back from a backup, or move it away to begin a new one."));
    case YJ_LIBRARY_ERROR_FULL:
      return g_strdup (_("The disk is full. Free some space and try again."));
    case YJ_LIBRARY_ERROR_READ_ONLY:
      return g_strdup (_("The library cannot be written. Check the permissions of its folder."));
    case YJ_LIBRARY_ERROR_BUSY:
      return g_strdup (_("Another program keeps the library busy. Close it and try again."));
    case YJ_LIBRARY_ERROR_FAILED:
      break;
    }

  return with_words (_("The library could not do it."), message);
}

static const char *
import_text (YjImportError code)
{
  switch (code)
    {
    case YJ_IMPORT_ERROR_NOT_JSON:
      return _("This is no JSON file. Choose one that was exported from Yuanjing.");
    case YJ_IMPORT_ERROR_NOT_OURS:
      return _("This JSON file holds no conversation of Yuanjing. Choose one that was exported here.");
    case YJ_IMPORT_ERROR_NEWER:
      return _("The conversation was exported by a newer version of Yuanjing. Update the program to import it.");
    case YJ_IMPORT_ERROR_EMPTY:
      return _("There is no message in this file. Nothing was imported.");
    case YJ_IMPORT_ERROR_TOO_LARGE:
      return _("The file is too large to be a conversation. Nothing was imported.");
    case YJ_IMPORT_ERROR_NOT_A_FILE:
      return _("This is no ordinary file. Choose one that was exported from Yuanjing.");
    case YJ_IMPORT_ERROR_DAMAGED:
      break;
    }

  return _("The file is damaged: something in the conversation is missing or wrong. Nothing was imported.");
}

static const char *
attachment_text (YjAttachmentError code)
{
  switch (code)
    {
    case YJ_ATTACHMENT_ERROR_NOT_TEXT:
      return _("This is no text file. Only text can be attached to a message.");
    case YJ_ATTACHMENT_ERROR_TOO_LARGE:
      return _("This is too much: up to 4 MB of text can go with a message.");
    case YJ_ATTACHMENT_ERROR_ENCODING:
      return _("The encoding of this text is not known. Save it as UTF-8 and attach it again.");
    case YJ_ATTACHMENT_ERROR_EMPTY:
      return _("There is no text in this file.");
    }

  g_return_val_if_reached ("");
}

static char *
media_text (YjMediaError  code,
            const char   *message)
{
  switch (code)
    {
    case YJ_MEDIA_ERROR_NOT_A_FILE:
      return g_strdup (_("This is no ordinary file. Choose a picture, a clip or a sound."));
    case YJ_MEDIA_ERROR_EMPTY:
      return g_strdup (_("The file is empty. Choose another one."));
    case YJ_MEDIA_ERROR_UNSUPPORTED:
      return g_strdup (_("This is no picture, clip or sound that can be used here."));
    case YJ_MEDIA_ERROR_DAMAGED:
      return g_strdup (_("The file is damaged and cannot be read."));
    case YJ_MEDIA_ERROR_CODEC:
      return with_words (_("A decoder for this file is missing on this system."), message);
    case YJ_MEDIA_ERROR_LIMIT:
      return g_strdup (_("The file is too large, or takes too long to look into."));
    case YJ_MEDIA_ERROR_ENCODER:
      return with_words (_("An encoder for the new file is missing on this system."), message);
    case YJ_MEDIA_ERROR_FULL:
      return g_strdup (_("The disk is full. Free some space and try again."));
    case YJ_MEDIA_ERROR_GONE:
      return g_strdup (_("The file is not there any more."));
    case YJ_MEDIA_ERROR_FAILED:
      break;
    }

  return with_words (_("The file could not be read."), message);
}

static char *
io_text (GIOErrorEnum  code,
         const char   *message)
{
  switch ((int) code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return with_words (_("The file is not there any more."), message);
    case G_IO_ERROR_PERMISSION_DENIED:
      return with_words (_("There is no permission to do that."), message);
    case G_IO_ERROR_NO_SPACE:
      return g_strdup (_("The disk is full. Free some space and try again."));
    case G_IO_ERROR_READ_ONLY:
      return g_strdup (_("This place cannot be written to. Choose another one."));
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
      return with_words (_("The platform cannot be reached and nothing was sent. Check the network and try again."), message);
    case G_IO_ERROR_TIMED_OUT:
      return g_strdup (_("It took too long. Try again."));
    default:
      return g_strdup (message);
    }
}

/**
 * yj_error_text_dup:
 * @error: an error of any of the layers below
 *
 * Says in the person's language what went wrong and what to do about it, by domain and code. The
 * platform's own words follow in parentheses where they may help.
 *
 * Returns: (transfer full): one or two whole sentences
 */
char *
yj_error_text_dup (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == YJ_ERROR)
    return platform_text (error->code, error->message);
  if (error->domain == YJ_ATTACHMENT_ERROR)
    return g_strdup (attachment_text (error->code));
  if (error->domain == YJ_LIBRARY_ERROR)
    return library_text (error->code, error->message);
  if (error->domain == YJ_IMPORT_ERROR)
    return error->code == YJ_IMPORT_ERROR_DAMAGED ? with_words (import_text (error->code), error->message)
                                                  : g_strdup (import_text (error->code));
  if (error->domain == YJ_MEDIA_ERROR)
    return media_text (error->code, error->message);
  if (g_error_matches (error, YJ_CATALOG_ERROR, YJ_CATALOG_ERROR_SYNTAX))
    return with_words (_("Your own file of models cannot be read. Mend or remove it."), error->message);
  if (error->domain == G_IO_ERROR)
    return io_text (error->code, error->message);

  return g_strdup (error->message);
}

/**
 * yj_error_text_dup_code:
 * @code: a `YjError`, or -1 when none was kept
 * @message: (nullable): the platform's or the system's own words kept with a job or a message
 *
 * The same as [func@Yj.error_text_dup] for what a row of the library keeps of an error.
 *
 * Returns: (transfer full): one or two whole sentences
 */
char *
yj_error_text_dup_code (int         code,
                        const char *message)
{
  return platform_text ((YjError) code, message);
}
