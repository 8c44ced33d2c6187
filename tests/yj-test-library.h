/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library in a folder, opened and closed. */
#pragma once

#include "yj-library.h"
#include "yj-test.h"

static inline YjLibrary *
yj_test_try_open (GFile   *folder,
                  GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_library_open_async (folder, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_library_open_finish (result, error);
}

static inline YjLibrary *
yj_test_open (GFile *folder)
{
  g_autoptr(GError) error = NULL;
  YjLibrary *library = yj_test_try_open (folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (library);
  return library;
}

static inline YjLibrary *
yj_test_open_path (const char *path)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);

  return yj_test_open (folder);
}

/* The reference stays with the caller. */
static inline void
yj_test_close (YjLibrary *library)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_library_close_async (library, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_close_finish (library, result, &error));
  g_assert_no_error (error);
}
