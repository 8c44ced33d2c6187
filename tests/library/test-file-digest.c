/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tells files apart: it is of what is in them, and nothing that has no end is waited for. */
#include <sys/stat.h>
#include <glib/gstdio.h>

#include "library-test.h"
#include "yj-file-digest.h"

static GFile *folder;

static void
assert_digest (const char   *name,
               GCancellable *cancellable,
               const char   *digest,
               int           code)
{
  g_autoptr(GFile) file = g_file_resolve_relative_path (folder, name);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *got = NULL;

  yj_file_digest_async (file, cancellable, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  got = yj_file_digest_finish (result, &error);
  g_assert_cmpstr (got, ==, digest);
  if (digest != NULL)
    g_assert_no_error (error);
  else
    g_assert_error (error, G_IO_ERROR, code);
}

static void
write_file (const char *name,
            const char *content,
            gssize      length)
{
  g_autoptr(GFile) file = g_file_get_child (folder, name);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (g_file_peek_path (file), content, length, &error);
  g_assert_no_error (error);
}

/* The digests are those of FIPS 180-4 and of sha256sum. */
static void
test_content (void)
{
  const gsize length = 2 * 1024 * 1024 + 1;     /* more than is read at once */
  g_autofree char *zeros = g_malloc0 (length);

  write_file ("abc", "abc", 3);
  assert_digest ("abc", NULL, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 0);
  write_file ("empty", "", 0);
  assert_digest ("empty", NULL, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0);
  write_file ("zeros", zeros, (gssize) length);
  assert_digest ("zeros", NULL, "e9a099c75ef837c28bc91683bee127e463fa0ee10c11fd816f8d2d428c0d610e", 0);
}

static void
test_none (void)
{
  g_autoptr(GFile) pipe = g_file_get_child (folder, "pipe");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  assert_digest ("missing", NULL, NULL, G_IO_ERROR_NOT_FOUND);
  assert_digest (".", NULL, NULL, G_IO_ERROR_IS_DIRECTORY);
  g_assert_cmpint (mkfifo (g_file_peek_path (pipe), 0600), ==, 0);
  assert_digest ("pipe", NULL, NULL, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_digest ("/dev/zero", NULL, NULL, G_IO_ERROR_NOT_REGULAR_FILE);
  write_file ("abc", "abc", 3);
  g_cancellable_cancel (cancellable);
  assert_digest ("abc", cancellable, NULL, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  folder = yj_test_new_folder ();
  g_assert_true (g_file_make_directory (folder, NULL, NULL));
  g_test_add_func ("/file-digest/content", test_content);
  g_test_add_func ("/file-digest/none", test_none);

  return g_test_run ();
}
