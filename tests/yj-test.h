/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Helpers of all C tests. */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <time.h>

/* Turns the main loop until @condition holds; fails after 40 seconds (more under sanitizers). */
#define yj_test_wait(condition) \
  G_STMT_START { \
    gint64 yj_deadline_ = g_get_monotonic_time () + yj_test_patience () * G_USEC_PER_SEC; \
    guint yj_tick_ = g_timeout_add (50, yj_test_tick, NULL); \
    while (!(condition)) \
      { \
        if (g_get_monotonic_time () > yj_deadline_) \
          g_error ("%s:%d: waited in vain for: %s", __FILE__, __LINE__, #condition); \
        g_main_context_iteration (NULL, TRUE); \
      } \
    g_source_remove (yj_tick_); \
  } G_STMT_END

static inline gint64
yj_test_patience (void)
{
#ifdef __SANITIZE_ADDRESS__
  return 90;
#else
  return 40;
#endif
}

/* How many times as long as usual something may take before it is called slow. */
static inline gint64
yj_test_slowness (void)
{
#ifdef __SANITIZE_ADDRESS__
  return 10;
#else
  return 1;
#endif
}

/* What this thread has worked so far, µs: others on a busy machine do not count. */
static inline gint64
yj_test_worked (void)
{
  struct timespec worked;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &worked);
  return worked.tv_sec * G_USEC_PER_SEC + worked.tv_nsec / 1000;
}

static inline gboolean
yj_test_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* A GAsyncReadyCallback that keeps the result in the GAsyncResult * that @user_data points to. */
static inline void
yj_test_take_result (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

/* A folder and all that is in it. */
static inline void
yj_test_remove_tree (const char *path)
{
  g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        yj_test_remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}
