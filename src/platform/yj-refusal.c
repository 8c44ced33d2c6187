/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-refusal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the platform means when it says no: it has many shapes for that, and words as well as codes. */

#define MESSAGE_MAX 300         /* characters */
#define LOOK_MAX (64 * 1024)    /* bytes, in which a message is looked for */

/* Characters that would break the line or turn its direction. */
static gboolean
is_plain (gunichar c)
{
  return g_unichar_isprint (c) && !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069)
      && c != 0x200e && c != 0x200f && c != 0x061c;
}

/**
 * yj_refusal_dup_plain:
 * @text: what a server sent as a message
 * @length: bytes, -1: up to the NUL
 *
 * One short line of plain text: of a traceback its last line, of a page its title, control characters left out.
 *
 * Returns: (nullable): the text, %NULL when nothing readable is in it
 */
char *
yj_refusal_dup_plain (const char *text,
                      gssize      length)
{
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, length < 0 ? LOOK_MAX : MIN (length, LOOK_MAX)));
  g_autoptr(GString) out = g_string_new (NULL);
  const char *from = g_strchug (valid);
  const char *title;
  int count = 0;

  if (*from == '<')
    {
      title = strstr (from, "<title>");
      if (title == NULL)
        title = strstr (from, "<h1>");
      if (title == NULL)
        return NULL;
      from = strchr (title, '>') + 1;
      valid[from - valid + strcspn (from, "<")] = '\0';
    }
  else if (strstr (from, "Traceback (most recent call last)") != NULL)
    {
      g_strchomp (valid);
      from = strrchr (from, '\n') != NULL ? strrchr (from, '\n') + 1 : from;
    }
  for (const char *p = from; *p != '\0' && count < MESSAGE_MAX; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        c = ' ';
      if (!is_plain (c) || (c == ' ' && (out->len == 0 || out->str[out->len - 1] == ' ')))
        continue;
      g_string_append_unichar (out, c);
      if (++count == MESSAGE_MAX)
        g_string_append (out, "…");
    }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return out->len > 0 ? g_strdup (out->str) : NULL;
}

static char *
dup_plain_value (YjJson value)
{
  g_autofree char *text = yj_json_dup_text (value);

  return text != NULL ? yj_refusal_dup_plain (text, -1) : NULL;
}

/**
 * yj_refusal_dup_message:
 * @object: a reply
 *
 * Finds the platform's words in `error` (text, or an object with `message`), `errmsg`, `message`, and the same in
 * `data`.
 *
 * Returns: (nullable): one short line, or %NULL
 */
char *
yj_refusal_dup_message (YjJson object)
{
  static const char *const names[] = { "error", "errmsg", "message", "detail", "msg" };
  YjJson data = yj_json_get (object, "data");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      YjJson value = yj_json_get (object, names[i]);
      char *message = yj_json_is_object (value) ? yj_refusal_dup_message (value) : dup_plain_value (value);

      if (message != NULL)
        return message;
    }
  return yj_json_is_object (data) ? yj_refusal_dup_message (data) : NULL;
}

static gboolean
has (const char *text,
     const char *word)
{
  return text != NULL && strstr (text, word) != NULL;
}

static gboolean
speaks_of_balance (const char *folded)
{
  return (has (folded, "insufficient") && (has (folded, "balance") || has (folded, "fund") || has (folded, "credit") || has (folded, "quota")))
      || has (folded, "arrears") || has (folded, "余额不足") || has (folded, "欠费");
}

static gboolean
speaks_of_key (const char *folded)
{
  return has (folded, "invalid api key") || has (folded, "invalid apikey") || has (folded, "need_login")
      || has (folded, "no_permission") || has (folded, "unauthorized");
}

/* Whether @message says that the platform knows of no such task (it says so with status FAILED, too early as well). */
gboolean
yj_refusal_is_no_task (const char *message)
{
  g_autofree char *folded = message != NULL ? g_utf8_strdown (message, -1) : NULL;

  return has (folded, "task") && (has (folded, "not exist") || has (folded, "not found") || has (folded, "不存在"));
}

static int
code_of_words (const char *message)
{
  g_autofree char *folded = message != NULL ? g_utf8_strdown (message, -1) : NULL;

  if (speaks_of_balance (folded))
    return YJ_ERROR_BALANCE;
  if (speaks_of_key (folded))
    return YJ_ERROR_UNAUTHORIZED;
  return yj_refusal_is_no_task (message) ? (int) YJ_ERROR_NOT_FOUND : -1;
}

static YjError
code_of_status (guint status)
{
  switch (status)
    {
    case 401:
    case 403:
      return YJ_ERROR_UNAUTHORIZED;
    case 402:
      return YJ_ERROR_BALANCE;
    case 404:
    case 410:
      return YJ_ERROR_NOT_FOUND;
    case 408:
    case 425:
      return YJ_ERROR_SERVER;
    case 429:
      return YJ_ERROR_RATE_LIMIT;
    default:
      return status >= 500 ? YJ_ERROR_SERVER : status >= 300 ? YJ_ERROR_INVALID_REQUEST : YJ_ERROR_PROTOCOL;
    }
}

/**
 * yj_refusal_new:
 * @status: the HTTP status, not a 2xx
 * @body: what came with it, perhaps cut
 * @length: bytes of @body
 *
 * Returns: (transfer full): an error of %YJ_ERROR, with the platform's own words where there are any
 */
GError *
yj_refusal_new (guint       status,
                const char *body,
                gsize       length)
{
  g_autofree char *message = NULL;
  g_autofree char *word = NULL;
  YjError code = code_of_status (status);
  YjJson json;
  int by_words;

  if (yj_json_scan (body, length, &json, NULL) == YJ_JSON_COMPLETE && yj_json_is_object (json))
    {
      message = yj_refusal_dup_message (json);
      word = dup_plain_value (yj_json_get (json, "status"));
    }
  else if (length > 0)
    message = yj_refusal_dup_plain (body, length);

  by_words = code_of_words (message);
  if (by_words < 0)
    by_words = code_of_words (word);
  /* Words decide among the refusals of a client; a 5xx stays one, whatever its page says. */
  if (by_words >= 0 && status < 500)
    code = by_words;
  if (message != NULL)
    return g_error_new_literal (YJ_ERROR, code, message);
  if (status >= 300 && status < 400)
    return g_error_new_literal (YJ_ERROR, code, N_("The platform’s address leads elsewhere"));
  return g_error_new (YJ_ERROR, code, "HTTP %u", status);
}

/**
 * yj_refusal_new_in_band:
 * @message: (nullable): the platform's words in an answer of HTTP 200 that says that something failed
 *
 * Returns: (transfer full): %YJ_ERROR_REFUSED, or what the words mean where they mean more
 */
GError *
yj_refusal_new_in_band (const char *message)
{
  int code = code_of_words (message);

  return g_error_new_literal (YJ_ERROR, code >= 0 ? code : (int) YJ_ERROR_REFUSED,
                              message != NULL ? message : N_("The platform gave no reason"));
}
