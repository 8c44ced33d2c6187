/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-json.h"

#include <string.h>

static YjJson
scan (const char *text)
{
  YjJson value;

  if (yj_json_scan (text, strlen (text), &value, NULL) != YJ_JSON_COMPLETE)
    g_error ("not taken: %s", text);
  return value;
}

static void
test_scan (void)
{
  static const struct { const char *text; YjJsonScan result; gsize consumed; } texts[] = {
    { "{}", YJ_JSON_COMPLETE, 2 },           { " [ ] x", YJ_JSON_COMPLETE, 4 },       { "{\"a\":1}{\"b\":2}", YJ_JSON_COMPLETE, 7 },
    { "\"x\"", YJ_JSON_COMPLETE, 3 },        { "null", YJ_JSON_COMPLETE, 4 },         { "-1.5e+10,", YJ_JSON_COMPLETE, 8 },
    { "{'a': None}", YJ_JSON_COMPLETE, 11 }, { "[NaN, -Infinity]", YJ_JSON_COMPLETE, 16 },
    { "\"\\\"\"", YJ_JSON_COMPLETE, 4 },     { "'it\"s'", YJ_JSON_COMPLETE, 6 },
    { "", YJ_JSON_INCOMPLETE, 0 },           { "{", YJ_JSON_INCOMPLETE, 0 },          { "{\"a", YJ_JSON_INCOMPLETE, 0 },
    { "{\"a\"", YJ_JSON_INCOMPLETE, 0 },     { "{\"a\":", YJ_JSON_INCOMPLETE, 0 },    { "{\"a\":1", YJ_JSON_INCOMPLETE, 0 },
    { "{\"a\":1,", YJ_JSON_INCOMPLETE, 0 },  { "[1,[2,", YJ_JSON_INCOMPLETE, 0 },     { "\"\\", YJ_JSON_INCOMPLETE, 0 },
    { "[tru", YJ_JSON_INCOMPLETE, 0 },       { "[\"a\\\"", YJ_JSON_INCOMPLETE, 0 },
    { "}", YJ_JSON_INVALID, 0 },             { "{a:1}", YJ_JSON_INVALID, 0 },         { "{\"a\" 1}", YJ_JSON_INVALID, 0 },
    { "{\"a\":}", YJ_JSON_INVALID, 0 },      { "[1 2]", YJ_JSON_INVALID, 0 },         { "[1,]", YJ_JSON_INVALID, 0 },
    { "{,}", YJ_JSON_INVALID, 0 },           { "[+1]", YJ_JSON_INVALID, 0 },          { "[1e]", YJ_JSON_INVALID, 0 },
    { "[0x10]", YJ_JSON_INVALID, 0 },        { "[undefined]", YJ_JSON_INVALID, 0 },   { "<html>", YJ_JSON_INVALID, 0 },
    { "{\"a\":1]", YJ_JSON_INVALID, 0 },     { "[-]", YJ_JSON_INVALID, 0 },           { "[.]", YJ_JSON_INVALID, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      YjJson value;
      gsize consumed = 0;

      if (yj_json_scan (texts[i].text, strlen (texts[i].text), &value, &consumed) != texts[i].result)
        g_error ("taken for something else: %s", texts[i].text);
      g_assert_cmpuint (consumed, ==, texts[i].consumed);
      g_assert_true ((value.start != NULL) == (texts[i].result == YJ_JSON_COMPLETE));
    }
}

/* Every beginning of a document is incomplete or invalid, and nothing behind its end is looked at. */
static void
test_bounds (void)
{
  static const char text[] = "{\"a\": [1, \"\\u00e9\\ud83d\\ude00\", {\"b\": null}], 'c': True, \"d\\\\\": -1.5e3}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *exact = g_memdup2 (text, MAX (length, 1));
      YjJson value;

      g_assert_cmpint (yj_json_scan (exact, length, &value, NULL), ==, YJ_JSON_INCOMPLETE);
    }
}

static void
test_depth (void)
{
  for (int depth = 1; depth < 200; depth++)
    {
      g_autofree char *open = g_strnfill (depth, '[');
      g_autofree char *close = g_strnfill (depth, ']');
      g_autofree char *text = g_strconcat (open, close, NULL);
      YjJson value;

      g_assert_cmpint (yj_json_scan (text, strlen (text), &value, NULL), ==,
                       depth <= YJ_JSON_MAX_DEPTH ? YJ_JSON_COMPLETE : YJ_JSON_INVALID);
    }
}

static void
test_get (void)
{
  YjJson object = scan ("{\"a\": 1, \"b\": {\"a\": 2}, \"a\": \"last\", \"\\u0063\": null, \"list\": [1, [2], \"x\"]}");

  g_assert_true (yj_json_equals (yj_json_get (object, "a"), "last"));
  g_assert_true (yj_json_is_object (yj_json_get (object, "b")));
  g_assert_true (yj_json_is_absent (yj_json_get (object, "c")));
  g_assert_nonnull (yj_json_get (object, "c").start);
  g_assert_null (yj_json_get (object, "d").start);
  g_assert_null (yj_json_get (yj_json_get (object, "list"), "a").start);
  g_assert_true (yj_json_equals (yj_json_get_last (yj_json_get (object, "list")), "x"));
  g_assert_null (yj_json_get_last (scan ("[]")).start);
  g_assert_null (yj_json_get_last (scan ("{}")).start);
}

static void
test_strings (void)
{
  static const struct { const char *json; const char *text; } strings[] = {
    { "\"\"", "" },
    { "\"plain\"", "plain" },
    { "\"\\u4f60\\u597d 你好\"", "你好 你好" },
    { "\"\\ud83d\\ude00\"", "😀" },
    { "\"\\ud83d\"", "\xef\xbf\xbd" },
    { "\"\\ud83dx\\ude00\"", "\xef\xbf\xbdx\xef\xbf\xbd" },
    { "\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A" },
    { "\"\\u0000a\"", "\xef\xbf\xbd" "a" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"\\u12\"", "u12" },
    { "\"\\u\"", "u" },
    { "\"a\xff\xfe" "b\"", "a\xef\xbf\xbd\xef\xbf\xbd" "b" },
    { "'it\\'s \\x41'", "it's A" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autofree char *text = yj_json_dup_string (scan (strings[i].json));

      g_assert_cmpstr (text, ==, strings[i].text);
    }
  g_assert_null (yj_json_dup_string (scan ("1")));
  g_assert_null (yj_json_dup_string (scan ("null")));
  g_assert_null (yj_json_dup_string (yj_json_get (scan ("{}"), "x")));
}

static void
test_numbers (void)
{
  static const char *const ids[] = { "0", "9007199254740993", "18446744073709551616", "-9223372036854775809", "1.0", "1e400" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *text = yj_json_dup_text (scan (ids[i]));

      g_assert_cmpstr (text, ==, ids[i]);
    }
  g_assert_cmpint (yj_json_get_integer (scan ("12"), -1), ==, 12);
  g_assert_cmpint (yj_json_get_integer (scan ("\"12\""), -1), ==, 12);
  g_assert_cmpint (yj_json_get_integer (scan ("1.9"), -1), ==, 1);
  g_assert_cmpint (yj_json_get_integer (scan ("1e400"), -1), ==, -1);
  g_assert_cmpint (yj_json_get_integer (scan ("NaN"), -1), ==, -1);
  g_assert_cmpint (yj_json_get_integer (scan ("99999999999999999999"), -1), ==, -1);
  g_assert_cmpint (yj_json_get_integer (scan ("\"12x\""), -1), ==, -1);
  g_assert_cmpint (yj_json_get_integer (scan ("[1]"), -1), ==, -1);
  g_assert_cmpint (yj_json_get_integer (scan ("null"), 7), ==, 7);
  g_assert_null (yj_json_dup_text (scan ("true")));
}

static void
test_clean (void)
{
  g_autofree char *text = yj_json_dup_json (scan ("{'b': None, \"a\":[1.10,936759404378734593 ,True,NaN, -Infinity],\"s\":'q\"\\n\\u4f60', \"o\" : {} }"));

  g_assert_cmpstr (text, ==, "{\"b\": null, \"a\": [1.10, 936759404378734593, true, null, null], \"s\": \"q\\\"\\n你\", \"o\": {}}");
}

static void
test_quote (void)
{
  g_autoptr(GString) json = g_string_new (NULL);
  const char *text = "a\"b\\c\n\r\t\x01\x7f 你好😀/";
  g_autofree char *back = NULL;

  yj_json_quote (json, text);
  g_assert_cmpstr (json->str, ==, "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u007f 你好😀/\"");
  back = yj_json_dup_string (scan (json->str));
  g_assert_cmpstr (back, ==, text);
}

static void
test_matcher (void)
{
  static const char text[] = "{\"a}\": [\"]\\\"\", {}], 'b': '}'}";

  for (gsize split = 0; split <= strlen (text); split++)
    {
      YjJsonMatcher matcher = { 0 };
      gssize first = yj_json_matcher_push (&matcher, text, split);

      if (split == strlen (text))
        g_assert_cmpint (first, ==, split);
      else
        {
          g_assert_cmpint (first, ==, -1);
          g_assert_cmpint (yj_json_matcher_push (&matcher, text + split, sizeof text - split), ==, strlen (text) - split);
        }
    }
}

/* Bytes at random, many of them almost JSON: no crash, and what is taken can be walked through. */
static void
test_random (void)
{
  static const char *const pieces[] = { "{", "}", "[", "]", "\"", "'", "\\", ":", ",", "1", "-", "e", "null", "None", "\"a\"", " ", "\\u12", "x", "\xff" };

  for (int i = 0; i < 200000; i++)
    {
      g_autoptr(GString) text = g_string_new (g_test_rand_bit () ? "{\"a\":" : "[");
      YjJson value;

      for (int n = g_test_rand_int_range (0, 12); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      if (yj_json_scan (text->str, text->len, &value, NULL) == YJ_JSON_COMPLETE)
        {
          g_autofree char *clean = yj_json_dup_json (value);
          YjJson again;
          g_autofree char *twice = NULL;

          g_assert_cmpint (yj_json_scan (clean, strlen (clean), &again, NULL), ==, YJ_JSON_COMPLETE);
          twice = yj_json_dup_json (again);
          g_assert_cmpstr (clean, ==, twice);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/scan", test_scan);
  g_test_add_func ("/json/bounds", test_bounds);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/get", test_get);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/clean", test_clean);
  g_test_add_func ("/json/quote", test_quote);
  g_test_add_func ("/json/matcher", test_matcher);
  g_test_add_func ("/json/random", test_random);
  return g_test_run ();
}
