/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-call.h"

#include "yj-refusal.h"

#include <string.h>

/* What a call reads of its reply: whole bodies within bounds, and refusals. */

#define ERROR_BODY_MAX (64 * 1024)

/**
 * yj_call_read_all:
 * @self: a call, on its thread
 * @body: a reply's body
 * @limit: bytes that are too many
 * @into: where they go; what came before an error stays in it
 * @error: return location for an error
 *
 * Returns: %FALSE with %YJ_ERROR_PROTOCOL over @limit, or with an error as of yj_call_send()
 */
gboolean
yj_call_read_all (YjCall        *self,
                  GInputStream  *body,
                  gsize          limit,
                  GString       *into,
                  GError       **error)
{
  char buffer[16 * 1024];
  gssize n;

  while ((n = yj_call_read (self, body, buffer, sizeof buffer, error)) > 0)
    {
      g_string_append_len (into, buffer, n);
      if (into->len > limit)
        {
          g_set_error_literal (error, YJ_ERROR, YJ_ERROR_PROTOCOL, "The platform's answer is too long");
          return FALSE;
        }
    }
  return n == 0;
}

static int
get_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr(GDateTime) date = NULL;
  char *end;
  guint64 seconds;

  if (text == NULL || strlen (text) > 64)
    return -1;
  seconds = g_ascii_strtoull (text, &end, 10);
  if (g_ascii_isdigit (*text) && *end == '\0')
    return MIN (seconds, 3600);
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL || g_ascii_isdigit (*text) || *text == '-')
    return -1;
  return CLAMP (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0, 3600);
}

/**
 * yj_call_new_refusal:
 * @self: a call, on its thread
 * @message: a message that was answered with other than 2xx
 * @body: the body of that answer, of which at most 64 KiB are read
 *
 * Returns: (transfer full): what the answer means; a paid request that was answered by a failure of the server, or
 *   with a conflict or a timeout, may have been accepted: %YJ_ERROR_AMBIGUOUS
 */
GError *
yj_call_new_refusal (YjCall       *self,
                     SoupMessage  *message,
                     GInputStream *body)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint status = soup_message_get_status (message);
  GError *error;

  yj_call_read_all (self, body, ERROR_BODY_MAX, text, NULL);
  error = yj_refusal_new (status, text->str, text->len);
  if (yj_call_get_cost (self) == YJ_CALL_PAID && (status >= 500 || status == 408 || status == 409 || status == 425))
    error->code = YJ_ERROR_AMBIGUOUS;
  yj_error_set_retry_after (error, get_retry_after (message));
  return error;
}
