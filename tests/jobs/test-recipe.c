/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-recipe.h"

static void
test_moves_with_folder (void)
{
  g_autoptr(GFile) old = g_file_new_for_path ("/home/a/yuan jing");
  g_autoptr(GFile) new = g_file_new_for_path ("/mnt/b");
  g_autofree char *stored = NULL;
  g_autofree char *found = NULL;

  stored = yj_recipe_to_stored ("{\"prompt\":\"p\",\"files\":[{\"uri\":\"file:///home/a/yuan%20jing/references/ab/abc.jpg\"},"
                                "{\"uri\":\"file:///home/a/other.jpg\"}]}", old);
  g_assert_null (strstr (stored, "yuan%20jing"));
  g_assert_nonnull (strstr (stored, "references/ab/abc.jpg"));   /* by which the library knows what is needed */

  found = yj_recipe_from_stored (stored, new);
  g_assert_cmpstr (found, ==, "{\"prompt\":\"p\",\"files\":[{\"uri\":\"file:///mnt/b/references/ab/abc.jpg\"},"
                              "{\"uri\":\"file:///home/a/other.jpg\"}]}");
}

static void
test_prompt_is_text (void)
{
  g_autoptr(GFile) folder = g_file_new_for_path ("/x");
  const char *json = "{\"prompt\":\"library:///etc/passwd\"}";
  g_autofree char *found = yj_recipe_from_stored (json, folder);

  g_assert_cmpstr (found, ==, json);
}

static void
test_no_json (void)
{
  g_autoptr(GFile) folder = g_file_new_for_path ("/x");
  g_autofree char *found = yj_recipe_from_stored ("{\"broken", folder);

  g_assert_cmpstr (found, ==, "{\"broken");
}

static void
check_extension (const char *content_type,
                 const char *path,
                 const char *expected)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *extension = yj_recipe_dup_extension (content_type, file);

  g_assert_cmpstr (extension, ==, expected);
}

static void
test_extension (void)
{
  check_extension ("image/jpeg", "/a/photo.png", "jpg");
  check_extension ("video/quicktime", "/a/clip", "mov");
  check_extension (NULL, "/a/Photo.JPG", "jpg");
  check_extension ("image/x-new", "/a/b.new1", "new1");
  check_extension (NULL, "/a/b.tar;rm", "bin");
  check_extension (NULL, "/a/b.图片", "bin");
  check_extension (NULL, "/a/b.", "bin");
  check_extension (NULL, "/a/b.toolong", "bin");
  check_extension (NULL, "/a.jpg/b", "bin");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe/moves-with-folder", test_moves_with_folder);
  g_test_add_func ("/recipe/prompt-is-text", test_prompt_is_text);
  g_test_add_func ("/recipe/no-json", test_no_json);
  g_test_add_func ("/recipe/extension", test_extension);

  return g_test_run ();
}
