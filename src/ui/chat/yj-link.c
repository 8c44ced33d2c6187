/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-link"

#include "yj-link.h"

#include <string.h>

#define MAX_LENGTH 2048

static gboolean
is_link_char (char c)
{
  return g_ascii_isgraph (c) && strchr ("<>\"`{}|\\^", c) == NULL;
}

/* A full stop or a bracket at the end belongs to the sentence, unless the bracket was opened in the address. */
static gsize
trim_end (const char *link,
          gsize       length)
{
  while (length > 0)
    {
      char c = link[length - 1];
      int depth = 0;

      if (c == ')')
        {
          for (gsize i = 0; i < length; i++)
            depth += link[i] == '(' ? 1 : link[i] == ')' ? -1 : 0;
          if (depth >= 0)
            break;
        }
      else if (strchr (".,;:!?'*_~]", c) == NULL)
        break;
      length--;
    }
  return length;
}

/**
 * yj_link_find:
 * @text: (array length=length): plain text
 * @length: bytes
 * @link_length: (out): bytes of the address
 *
 * Finds the first bare `http://` or `https://` address.
 *
 * Unlike GFM's rule it needs no space before it, and ends where Chinese text goes on.
 *
 * Returns: (nullable) (transfer none): where the address begins in @text
 */
const char *
yj_link_find (const char *text,
              gsize       length,
              gsize      *link_length)
{
  const char *end = text + length;

  for (const char *p = text; (p = memchr (p, 'h', end - p)) != NULL; p++)
    {
      gsize scheme = 0;
      gsize n;

      if (end - p >= 8 && strncmp (p, "https://", 8) == 0)
        scheme = 8;
      else if (end - p >= 7 && strncmp (p, "http://", 7) == 0)
        scheme = 7;
      if (scheme == 0 || (p > text && g_ascii_isalnum (p[-1])))
        continue;
      for (n = scheme; p + n < end && is_link_char (p[n]);)
        n++;
      n = trim_end (p, n);
      if (n > scheme && g_ascii_isalnum (p[scheme]))
        {
          *link_length = n;
          return p;
        }
    }
  return NULL;
}

/**
 * yj_link_normalise:
 * @address: what somebody else wrote as the target of a link
 *
 * Makes an address that may be opened.
 *
 * Returns: (nullable) (transfer full): an `http`, `https` or `mailto` URI in ASCII, or %NULL for all else
 */
char *
yj_link_normalise (const char *address)
{
  g_autofree char *escaped = NULL;
  g_autofree char *scheme = g_uri_parse_scheme (address);
  g_autoptr(GUri) uri = NULL;

  if (scheme == NULL || strlen (address) > MAX_LENGTH)
    return NULL;
  if (g_ascii_strcasecmp (scheme, "http") != 0 && g_ascii_strcasecmp (scheme, "https") != 0 &&
      g_ascii_strcasecmp (scheme, "mailto") != 0)
    return NULL;
  escaped = g_uri_escape_string (address, ":/?#[]@!$&'()*+,;=%", FALSE);
  uri = g_uri_parse (escaped, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || (g_ascii_strcasecmp (scheme, "mailto") != 0 && (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')))
    return NULL;
  return g_steal_pointer (&escaped);
}

/**
 * yj_link_dup_host:
 * @uri: what [func@Yj.link_normalise] gave
 *
 * Returns: (transfer full): where it leads, to be shown: the host as it will be asked for, or the address of a letter
 */
char *
yj_link_dup_host (const char *uri)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);

  if (parsed == NULL)
    return g_strdup (uri);
  if (g_uri_get_host (parsed) != NULL)
    return g_hostname_is_non_ascii (g_uri_get_host (parsed)) ? g_hostname_to_ascii (g_uri_get_host (parsed))
                                                              : g_strdup (g_uri_get_host (parsed));
  return g_strdup (g_uri_get_path (parsed));
}
