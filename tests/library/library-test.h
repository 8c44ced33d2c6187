/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the library share. */
#pragma once

#include "yj-test-library.h"

/* A folder that does not exist yet, in one of the test's own. */
static inline GFile *
yj_test_new_folder (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("yuanjing-library-XXXXXX", &error);
  g_autofree char *child = g_build_filename (path, "库 with spaces", NULL);

  g_assert_no_error (error);
  return g_file_new_for_path (child);
}

static inline void
yj_test_load (YjLibrary      *library,
              YjConversation *conversation)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  yj_library_load_conversation_async (library, conversation, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_library_load_conversation_finish (library, result, &error));
  g_assert_no_error (error);
  g_assert_true (yj_conversation_get_loaded (conversation));
}

/* Saves a job and returns its id, or -1 with @error. */
static inline gint64
yj_test_save_job (YjLibrary       *library,
                  const YjJobRow  *row,
                  GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_library_save_job_async (library, row, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  return yj_library_save_job_finish (library, result, error);
}

static inline GPtrArray *
yj_test_load_jobs (YjLibrary *library)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *rows;

  yj_library_load_jobs_async (library, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  rows = yj_library_load_jobs_finish (library, result, &error);
  g_assert_no_error (error);
  return rows;
}
