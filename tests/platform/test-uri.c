/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-error.h"
#include "yj-platform.h"
#include "yj-uri.h"

static void
test_base (void)
{
  static const struct { const char *text; const char *base; } addresses[] = {
    { "https://opencomputing.ai", "https://opencomputing.ai" },
    { "  https://opencomputing.ai/ ", "https://opencomputing.ai" },
    { "HTTPS://opencomputing.ai:8443/a/b//", "https://opencomputing.ai:8443/a/b" },
    { "http://127.0.0.1:9/", "http://127.0.0.1:9" },
    { "http://127.8.8.8", "http://127.8.8.8" },
    { "http://[::1]:80", "http://[::1]" },
    { "http://localhost:8080", "http://localhost:8080" },
    { "http://LOCALHOST", "http://LOCALHOST" },
    { "http://opencomputing.ai", NULL },
    { "http://localhost.evil.example", NULL },
    { "http://127.0.0.1.evil.example", NULL },
    { "http://0x7f000001", NULL },
    { "http://10.0.0.1", NULL },
    { "https://user@opencomputing.ai", NULL },
    { "https://user:pass@opencomputing.ai", NULL },
    { "http://127.0.0.1@evil.example", NULL },
    { "https://opencomputing.ai?x=1", NULL },
    { "https://opencomputing.ai/#x", NULL },
    { "ftp://opencomputing.ai", NULL },
    { "file:///etc/passwd", NULL },
    { "opencomputing.ai", NULL },
    { "https://", NULL },
    { "https:///x", NULL },
    { "https://:443", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *base = yj_uri_check_base (addresses[i].text, &error);

      g_assert_cmpstr (base, ==, addresses[i].base);
      if (addresses[i].base == NULL)
        g_assert_error (error, YJ_ERROR, YJ_ERROR_INVALID_REQUEST);
    }
}

static void
test_origin (void)
{
  static const struct { const char *uri; gboolean same; } uris[] = {
    { "https://p.example/x", TRUE },        { "https://p.example:443", TRUE },      { "HTTPS://P.EXAMPLE/x?y#z", TRUE },
    { "http://p.example/x", FALSE },        { "https://p.example:444/", FALSE },    { "https://p.example.evil.example", FALSE },
    { "https://evil.example/p.example", FALSE }, { "https://p.example@evil.example/", FALSE }, { "https://user@p.example/", FALSE },
    { "https://p.example./", FALSE },       { "https://xp.example", FALSE },        { "//p.example/x", FALSE },
    { "p.example", FALSE },                 { "", FALSE },                          { "https://p.example\\@evil.example/", FALSE },
  };
  g_autoptr(YjPlatform) platform = yj_platform_new ("https://p.example", "key", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    if (yj_platform_is_same_origin (platform, uris[i].uri) != uris[i].same)
      g_error ("wrongly judged: %s", uris[i].uri);
}

static void
test_local (void)
{
  static const char *const local[] = { "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
                                       "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1" };
  static const char *const outside[] = { "8.8.8.8", "192.0.2.1", "172.32.0.1", "100.128.0.1", "2001:db8::1", "::ffff:8.8.8.8" };

  for (gsize i = 0; i < G_N_ELEMENTS (local); i++)
    {
      g_autoptr(GInetAddress) address = g_inet_address_new_from_string (local[i]);

      if (!yj_uri_is_local_address (address))
        g_error ("taken for outside: %s", local[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_autoptr(GInetAddress) address = g_inet_address_new_from_string (outside[i]);

      if (yj_uri_is_local_address (address))
        g_error ("taken for local: %s", outside[i]);
    }
}

static void
test_key (void)
{
  static const char *const bad[] = { "", "a b", "a\nb", "a\r\nX-Evil: 1", "key\n", "\tkey", "k\x7f", "钥匙", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (yj_platform_new ("https://p.example", bad[i], &error));
      g_assert_error (error, YJ_ERROR, YJ_ERROR_UNAUTHORIZED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uri/base", test_base);
  g_test_add_func ("/uri/origin", test_origin);
  g_test_add_func ("/uri/local", test_local);
  g_test_add_func ("/uri/key", test_key);
  return g_test_run ();
}
