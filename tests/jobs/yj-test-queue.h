/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library, a catalogue and a queue in a folder of their own; may be closed and opened again. */
#pragma once

#include <glib/gstdio.h>

#include "yj-job-queue.h"
#include "yj-test-library.h"
#include "yj-test-platform.h"

typedef struct
{
  char       *folder;
  YjCatalog  *catalog;
  YjLibrary  *library;
  YjPlatform *platform;
  YjJobQueue *queue;
  guint       n_ended;
} YjTestQueue;

static inline void
yj_test_queue_ended_cb (YjJobQueue *queue,
                        YjJob      *job,
                        gpointer    user_data)
{
  ((YjTestQueue *) user_data)->n_ended++;
}

/* Opens what is in the folder and drives it; @base_url NULL: without a platform. */
static inline void
yj_test_queue_open (YjTestQueue *self,
                    const char  *base_url)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (self->folder == NULL)
    self->folder = yj_test_folder ("jobs");
  self->library = yj_test_open_path (self->folder);
  self->catalog = yj_catalog_new ();
  self->queue = yj_job_queue_new (self->library, self->catalog, TRUE);
  g_signal_connect (self->queue, "job-ended", G_CALLBACK (yj_test_queue_ended_cb), self);
  if (base_url != NULL)
    {
      self->platform = yj_platform_new (base_url, "test-key-12345", &error);
      g_assert_no_error (error);
      yj_job_queue_set_platform (self->queue, self->platform, FALSE);
    }

  yj_job_queue_load_async (self->queue, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  g_assert_true (yj_job_queue_load_finish (self->queue, result, &error));
}

/* Closes all; what is under way is ended as at the end of the program. */
static inline void
yj_test_queue_close (YjTestQueue *self)
{
  g_autoptr(GAsyncResult) stopped = NULL;
  g_autoptr(GError) error = NULL;

  yj_job_queue_stop_async (self->queue, yj_test_take_result, &stopped);
  yj_test_wait (stopped != NULL);
  g_assert_true (yj_job_queue_stop_finish (self->queue, stopped, &error));
  yj_test_close (self->library);
  g_clear_object (&stopped);
  g_assert_finalize_object (g_steal_pointer (&self->queue));
  g_clear_object (&self->library);
  g_clear_object (&self->catalog);
  g_clear_object (&self->platform);
}

static inline void
yj_test_queue_clear (YjTestQueue *self)
{
  if (self->queue != NULL)
    yj_test_queue_close (self);
  yj_test_remove_tree (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static char *yj_test_home;

static inline void
yj_test_remove_home (void)
{
  yj_test_remove_tree (yj_test_home);
  g_free (yj_test_home);
}

/* Keeps the person's own folders out of it. G_TEST_OPTION_ISOLATE_DIRS would hide the schemas that GIO's proxies need. */
static inline void
yj_test_isolate (void)
{
  static const char * const names[] = { "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" };

  yj_test_home = yj_test_folder ("home");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], yj_test_home, TRUE);
  atexit (yj_test_remove_home);
}

static inline YjDraft *
yj_test_new_draft (YjCatalog  *catalog,
                   const char *model,
                   const char *prompt)
{
  YjDraft *draft = yj_draft_new (yj_catalog_find_by_id (catalog, model));

  yj_draft_set_prompt (draft, prompt);
  return draft;
}

static inline YjJob *
yj_test_queue_add (YjTestQueue *self,
                   YjDraft     *draft)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  YjJob *job;

  yj_job_queue_add_async (self->queue, draft, FALSE, NULL, yj_test_take_result, &result);
  yj_test_wait (result != NULL);
  job = yj_job_queue_add_finish (self->queue, result, &error);
  g_assert_no_error (error);

  return job;
}

/* A job of the plainest model. */
static inline YjJob *
yj_test_queue_add_plain (YjTestQueue *self,
                         const char  *prompt)
{
  g_autoptr(YjDraft) draft = yj_test_new_draft (self->catalog, "t2v/happyhorse-1.0-t2v", prompt);

  return yj_test_queue_add (self, draft);
}

/* ---- a queue and its platform, as most tests need them */

typedef struct
{
  YjTestPlatform *server;
  YjTestQueue     q;
} YjTestFixture;

static inline void
yj_test_set_up (YjTestFixture *f,
        gconstpointer  data)
{
  f->server = yj_test_platform_new ();
  yj_test_queue_open (&f->q, f->server->base_url);
}

static inline void
yj_test_tear_down (YjTestFixture *f,
           gconstpointer  data)
{
  yj_test_queue_clear (&f->q);
  yj_test_platform_free (f->server);
}

static inline void
yj_test_wait_for (YjJob      *job,
          YjJobState  state)
{
  yj_test_wait (yj_job_get_state (job) == state);
}

static inline gboolean
yj_test_set_flag_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static inline char *
yj_test_dup_hash (GFile *file)
{
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_load_contents (file, NULL, &data, &length, NULL, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) data, length);
}

static inline void
yj_test_restart (YjTestFixture *f)
{
  yj_test_queue_close (&f->q);
  yj_test_queue_open (&f->q, f->server->base_url);
}

static inline YjJob *
yj_test_first_job (YjTestFixture *f)
{
  g_autoptr(YjJob) job = g_list_model_get_item (G_LIST_MODEL (f->q.queue), 0);

  return job;
}
