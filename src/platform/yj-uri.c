/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-uri.h"

#include "yj-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/* Which addresses are asked, and which of them are the platform itself. */

/* What is not allowed to stand in an address gets escaped; what is escaped already stays. */
static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if ((guchar) *p <= 0x20 || (guchar) *p >= 0x7f || strchr ("\"<>\\^`{|}", *p) != NULL)
        g_string_append_printf (out, "%%%02X", (guchar) *p);
      else if (*p == '%' && !(g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2])))
        g_string_append (out, "%25");
      else
        g_string_append_c (out, *p);
    }
  return g_string_free_and_steal (out);
}

/**
 * yj_uri_parse:
 * @text: an absolute address
 *
 * Returns: (transfer full) (nullable): the address when it is http or https and names a host, else %NULL
 */
GUri *
yj_uri_parse (const char *text)
{
  g_autofree char *escaped = escape (text);
  g_autoptr(GUri) uri = g_uri_parse (escaped, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return NULL;
  return g_steal_pointer (&uri);
}

static int
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port > 0 ? port : g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

/* Scheme, host and port agree. */
gboolean
yj_uri_same_origin (GUri *a,
                    GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
      && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
      && get_port (a) == get_port (b);
}

/* Whether the host is this machine by its own name or number; no name is looked up. */
gboolean
yj_uri_is_loopback (GUri *uri)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0;
}

/**
 * yj_uri_is_local_address:
 * @address: where a connection would go
 *
 * Returns: whether @address is this machine's or its network's, or none that one can have a connection to
 */
gboolean
yj_uri_is_local_address (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  static const guint8 mapped[12] = { [10] = 0xff, [11] = 0xff };

  if (g_inet_address_get_is_loopback (address) || g_inet_address_get_is_link_local (address)
      || g_inet_address_get_is_site_local (address) || g_inet_address_get_is_any (address)
      || g_inet_address_get_is_multicast (address))
    return TRUE;
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return bytes[0] == 0 || bytes[0] >= 240 || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
  if (memcmp (bytes, mapped, sizeof mapped) == 0)
    {
      g_autoptr(GInetAddress) inner = g_inet_address_new_from_bytes (bytes + 12, G_SOCKET_FAMILY_IPV4);

      return yj_uri_is_local_address (inner);
    }
  return (bytes[0] & 0xfe) == 0xfc;
}

/**
 * yj_uri_check_base:
 * @text: what a person or a setting gives as the platform's address
 * @error: return location for an error
 *
 * An address must be https; plain http only to this machine. It may have a path, but no user, query or fragment.
 *
 * Returns: (transfer full): the address without a slash at its end, or %NULL with %YJ_ERROR_INVALID_REQUEST
 */
char *
yj_uri_check_base (const char  *text,
                   GError     **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  g_autoptr(GUri) uri = yj_uri_parse (trimmed);
  const char *wrong = NULL;
  g_autofree char *base = NULL;

  if (uri == NULL)
    wrong = N_("The platform’s address is not an https address");
  else if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    wrong = N_("The platform’s address has more than a host, a port and a path");
  else if (!g_str_equal (g_uri_get_scheme (uri), "https") && !yj_uri_is_loopback (uri))
    wrong = N_("The platform’s address is not encrypted (https)");
  if (wrong != NULL)
    {
      g_set_error_literal (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST, wrong);
      return NULL;
    }
  base = g_uri_to_string (uri);
  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  return g_steal_pointer (&base);
}

/**
 * yj_uri_resolve:
 * @base_url: the platform's address
 * @reference: an address as the platform gave it: whole, or relative, or not escaped
 *
 * Behind a proxy the platform takes itself to be on http, or on another port of the same host; such an address is
 * brought back to @base_url when that is https.
 *
 * Returns: (transfer full) (nullable): an absolute http or https address, else %NULL
 */
char *
yj_uri_resolve (const char *base_url,
                const char *reference)
{
  g_autofree char *escaped = escape (reference);
  g_autofree char *with_slash = g_strconcat (base_url, "/", NULL);
  g_autoptr(GUri) base = yj_uri_parse (with_slash);
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GUri) upgraded = NULL;

  g_return_val_if_fail (base != NULL, NULL);

  uri = g_uri_parse_relative (base, escaped, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return g_uri_to_string (uri);
  if (!g_str_equal (g_uri_get_scheme (uri), "http"))
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (base), "https")
      || g_ascii_strcasecmp (g_uri_get_host (base), g_uri_get_host (uri)) != 0)
    return g_uri_to_string (uri);
  upgraded = g_uri_build (SOUP_HTTP_URI_FLAGS, "https", NULL, g_uri_get_host (base), g_uri_get_port (base),
                          g_uri_get_path (uri), g_uri_get_query (uri), NULL);
  return g_uri_to_string (upgraded);
}
