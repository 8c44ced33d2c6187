/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-job.h"

#include "yj-sandbox-json.h"

#include <glib/gstdio.h>

/* How long a job stays in each state at least, at speed 1. */
#define CREATED_MS 500
#define PENDING_MS 1000
#define RUNNING_MS 2000
#define KEPT_S 3600             /* the files' life after success, as on the platform */

struct _YjSandboxJob
{
  GObject            parent_instance;
  YjSandboxJobs     *jobs;              /* borrowed; NULL once the server stops */
  char              *id;                /* 18 digits */
  char              *place;             /* "/tmp/19/43/137/39" */
  YjRenderSpec      *spec;
  char              *model;
  gboolean           off_peak;
  YjSandboxFaults   *faults;
  YjSandboxJobState  state;
  char              *error;             /* why it failed */
  char              *video;             /* file name inside the folder */
  GSubprocess       *renderer;
  gboolean           rendered;
  gboolean           waited;            /* has been RUNNING long enough */
  gboolean           expired;           /* the files are gone */
  guint              timer;
};

struct _YjSandboxJobs
{
  GObject     parent_instance;
  double      speed;
  GHashTable *by_id;                    /* of YjSandboxJob */
  GQueue      waiting;                  /* PENDING, for a renderer */
  guint       running;
  guint       slots;                    /* renderers at a time */
};

G_DEFINE_FINAL_TYPE (YjSandboxJob, yj_sandbox_job, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE (YjSandboxJobs, yj_sandbox_jobs, G_TYPE_OBJECT)

static void run_next (YjSandboxJobs *self);

/* ---- one job */

static void
yj_sandbox_job_finalize (GObject *object)
{
  YjSandboxJob *self = YJ_SANDBOX_JOB (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->renderer);
  g_clear_pointer (&self->spec, yj_render_spec_free);
  g_clear_pointer (&self->faults, yj_sandbox_faults_unref);
  g_free (self->id);
  g_free (self->place);
  g_free (self->model);
  g_free (self->error);
  g_free (self->video);

  G_OBJECT_CLASS (yj_sandbox_job_parent_class)->finalize (object);
}

static void
yj_sandbox_job_class_init (YjSandboxJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_sandbox_job_finalize;
}

static void
yj_sandbox_job_init (YjSandboxJob *self)
{
}

static void
wait_for (YjSandboxJob *self,
          double        ms,
          GSourceFunc   func)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) (ms / self->jobs->speed), func, self);
}

/* What was uploaded is no longer needed, only what was made of it. */
static void
drop_uploads (YjSandboxJob *self)
{
  g_autoptr(GDir) folder = g_dir_open (self->spec->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (self->expired || (!g_str_has_prefix (name, "video.") && !g_str_has_prefix (name, "cover.")))
      {
        g_autofree char *path = g_build_filename (self->spec->folder, name, NULL);

        g_unlink (path);
      }
}

static gboolean
expire_cb (gpointer user_data)
{
  YjSandboxJob *self = user_data;

  self->timer = 0;
  self->expired = TRUE;
  drop_uploads (self);

  return G_SOURCE_REMOVE;
}

static void
finish (YjSandboxJob      *self,
        YjSandboxJobState  state)
{
  gint64 kept = yj_sandbox_faults_get_int (self->faults, "link-expires", 0);

  self->state = state;
  g_clear_handle_id (&self->timer, g_source_remove);
  drop_uploads (self);
  if (state == YJ_SANDBOX_JOB_SUCCEEDED)
    self->timer = g_timeout_add_seconds (kept >= 0 ? kept : KEPT_S, expire_cb, self);
}

/* SUCCEEDED as soon as both the time and the work are over. */
static void
settle (YjSandboxJob *self)
{
  const char *failure = yj_sandbox_faults_get (self->faults, "job-fails");

  if (!self->waited || !self->rendered || yj_sandbox_faults_has (self->faults, "job-never-ends"))
    return;
  if (failure != NULL && self->error == NULL)
    self->error = g_strdup (*failure != '\0' ? failure : "The provider failed");
  finish (self, self->error != NULL ? YJ_SANDBOX_JOB_FAILED : YJ_SANDBOX_JOB_SUCCEEDED);
}

static gboolean
waited_cb (gpointer user_data)
{
  YjSandboxJob *self = user_data;

  self->timer = 0;
  self->waited = TRUE;
  settle (self);

  return G_SOURCE_REMOVE;
}

/* The renderer leaves the name of the video in a file, or "error: …". */
static void
renderer_done_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(YjSandboxJob) self = user_data;
  g_autofree char *path = g_build_filename (self->spec->folder, YJ_RENDER_RESULT, NULL);
  g_autofree char *line = NULL;

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  if (self->jobs == NULL)
    return;

  self->rendered = TRUE;
  if (!g_file_get_contents (path, &line, NULL, NULL))
    self->error = g_strdup ("The renderer broke down");
  else if (g_str_has_prefix (line, "error: "))
    self->error = g_utf8_make_valid (line + strlen ("error: "), -1);
  else
    self->video = g_steal_pointer (&line);
  self->jobs->running--;
  settle (self);
  run_next (self->jobs);
}

static gboolean
launch (YjSandboxJob  *self,
        GError       **error)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *path = g_build_filename (self->spec->folder, "job.json", NULL);
  g_autofree char *json = yj_render_spec_to_json (self->spec);
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                                                       G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

  if (!g_file_set_contents_full (path, json, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return FALSE;
  /* Its standard input ends with this process, and so does it; what it leaves half-made goes with the folder. */
  g_subprocess_launcher_setenv (launcher, "TMPDIR", self->spec->folder, TRUE);
  self->renderer = g_subprocess_launcher_spawn (launcher, error, program != NULL ? program : "yuanjing-sandbox",
                                                "--render", path, NULL);

  return self->renderer != NULL;
}

/* Renders as many as there are places for. */
static void
run_next (YjSandboxJobs *self)
{
  while (self->running < self->slots && !g_queue_is_empty (&self->waiting))
    {
      YjSandboxJob *job = g_queue_pop_head (&self->waiting);
      g_autoptr(GError) error = NULL;

      job->state = YJ_SANDBOX_JOB_RUNNING;
      wait_for (job, RUNNING_MS, waited_cb);
      if (!yj_sandbox_faults_has (job->faults, "job-fails") && launch (job, &error))
        {
          self->running++;
          g_subprocess_wait_async (job->renderer, NULL, renderer_done_cb, g_object_ref (job));
        }
      else
        {
          job->rendered = TRUE;
          job->error = error != NULL ? g_strdup (error->message) : NULL;
        }
    }
}

static gboolean
pending_cb (gpointer user_data)
{
  YjSandboxJob *self = user_data;

  self->timer = 0;
  g_queue_push_tail (&self->jobs->waiting, self);
  run_next (self->jobs);

  return G_SOURCE_REMOVE;
}

static gboolean
created_cb (gpointer user_data)
{
  YjSandboxJob *self = user_data;

  self->timer = 0;
  self->state = YJ_SANDBOX_JOB_PENDING;
  wait_for (self, PENDING_MS, pending_cb);

  return G_SOURCE_REMOVE;
}

/**
 * yj_sandbox_job_get_id:
 * @self: a job
 *
 * Returns: (transfer none): its task id, 18 digits
 */
const char *
yj_sandbox_job_get_id (YjSandboxJob *self)
{
  return self->id;
}

/**
 * yj_sandbox_job_get_state:
 * @self: a job
 *
 * Returns: its state
 */
YjSandboxJobState
yj_sandbox_job_get_state (YjSandboxJob *self)
{
  return self->state;
}

static void
append_member (GString    *json,
               const char *name,
               const char *value)
{
  g_string_append_printf (json, ", \"%s\": ", name);
  yj_sandbox_json_append_string (json, value, FALSE);
}

/**
 * yj_sandbox_job_to_json:
 * @self: a job
 * @base_url: of the server, for the links
 *
 * Returns: (transfer full): the answer to a question for the task: `status`, `taskid`, and by the state `usage`,
 *   `image` and `video`, or `error`
 */
char *
yj_sandbox_job_to_json (YjSandboxJob *self,
                        const char   *base_url)
{
  static const char * const states[] = { "CREATED", "PENDING", "RUNNING", "SUCCEEDED", "FAILED" };
  static const char * const types[] = { "text2video", "img2video", "reference2video" };
  g_autoptr(GString) json = g_string_new (NULL);
  g_autofree char *image = g_strdup_printf ("%s/idfile?path=%s/cover.jpeg", base_url, self->place);
  g_autofree char *video = g_strdup_printf ("%s/idfile?path=%s/%s", base_url, self->place, self->video != NULL ? self->video : "");

  g_string_append_printf (json, "{\"status\": \"%s\", \"taskid\": \"%s\"", states[self->state], self->id);
  if (self->state == YJ_SANDBOX_JOB_SUCCEEDED)
    {
      g_string_append_printf (json, ", \"usage\": {\"action\": \"%s\", \"credits\": %d, \"type\": \"%s\"",
                              yj_mode_to_string (self->spec->mode), self->spec->duration * 2, types[self->spec->mode]);
      append_member (json, "model", self->model);
      append_member (json, "resolution", self->spec->size != NULL ? self->spec->size : self->spec->resolution);
      g_string_append_printf (json, ", \"off_peak\": %s, \"duration\": %d}", self->off_peak ? "true" : "false", self->spec->duration);
      append_member (json, "image", image);
      append_member (json, "video", video);
    }
  else if (self->state == YJ_SANDBOX_JOB_FAILED)
    append_member (json, "error", self->error);
  g_string_append_c (json, '}');

  return g_strdup (json->str);
}

/* ---- all jobs */

static void
yj_sandbox_jobs_finalize (GObject *object)
{
  YjSandboxJobs *self = YJ_SANDBOX_JOBS (object);

  yj_sandbox_jobs_stop (self);
  g_hash_table_unref (self->by_id);

  G_OBJECT_CLASS (yj_sandbox_jobs_parent_class)->finalize (object);
}

static void
yj_sandbox_jobs_class_init (YjSandboxJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yj_sandbox_jobs_finalize;
}

static void
yj_sandbox_jobs_init (YjSandboxJobs *self)
{
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->slots = MAX (1, g_get_num_processors () / 2);
  g_queue_init (&self->waiting);
}

/**
 * yj_sandbox_jobs_new:
 * @speed: how much shorter than by default a job stays in each state
 *
 * Returns: (transfer full): no jobs yet
 */
YjSandboxJobs *
yj_sandbox_jobs_new (double speed)
{
  YjSandboxJobs *self = g_object_new (YJ_TYPE_SANDBOX_JOBS, NULL);

  self->speed = speed;

  return self;
}

/**
 * yj_sandbox_jobs_submit:
 * @self: the jobs
 * @spec: (transfer full): what is to be rendered; its folder holds what was uploaded
 * @model: (nullable): the model's name, for the usage
 * @off_peak: whether it was asked for in off-peak hours, for the usage
 * @faults: what is to befall it
 *
 * Returns: (transfer none): the new job
 */
YjSandboxJob *
yj_sandbox_jobs_submit (YjSandboxJobs   *self,
                        YjRenderSpec    *spec,
                        const char      *model,
                        gboolean         off_peak,
                        YjSandboxFaults *faults)
{
  YjSandboxJob *job = g_object_new (YJ_TYPE_SANDBOX_JOB, NULL);

  job->jobs = self;
  job->spec = spec;
  job->model = g_strdup (model);
  job->off_peak = off_peak;
  job->faults = yj_sandbox_faults_ref (faults);
  do
    {
      g_free (job->id);
      job->id = g_strdup_printf ("9%08d%09d", g_random_int_range (0, 100000000), g_random_int_range (0, 1000000000));
    }
  while (g_hash_table_contains (self->by_id, job->id));
  /* Four small numbers as on the platform, and the job's own digits so that no two are alike. */
  job->place = g_strdup_printf ("/tmp/%d/%d/%d/%.9s", g_random_int_range (1, 200), g_random_int_range (1, 200),
                                g_random_int_range (1, 200), job->id + 9);
  g_hash_table_insert (self->by_id, job->id, job);
  wait_for (job, CREATED_MS, created_cb);

  return job;
}

/**
 * yj_sandbox_jobs_find:
 * @self: the jobs
 * @id: (nullable): a task id
 *
 * Returns: (transfer none) (nullable): the job; %NULL also for one that is to vanish once it has been running
 */
YjSandboxJob *
yj_sandbox_jobs_find (YjSandboxJobs *self,
                      const char    *id)
{
  YjSandboxJob *job = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;

  if (job != NULL && job->state >= YJ_SANDBOX_JOB_RUNNING && job->waited && yj_sandbox_faults_has (job->faults, "job-vanishes"))
    return NULL;

  return job;
}

/**
 * yj_sandbox_jobs_find_file:
 * @self: the jobs
 * @path: what stands after `path=` in a link
 *
 * Returns: (transfer full) (nullable): the local file that was published under exactly this path
 */
char *
yj_sandbox_jobs_find_file (YjSandboxJobs *self,
                           const char    *path)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      YjSandboxJob *job = value;

      if (job->state != YJ_SANDBOX_JOB_SUCCEEDED || job->expired || !g_str_has_prefix (path, job->place) ||
          path[strlen (job->place)] != '/')
        continue;
      path += strlen (job->place) + 1;
      if (g_strcmp0 (path, "cover.jpeg") == 0 || g_strcmp0 (path, job->video) == 0)
        return g_build_filename (job->spec->folder, path, NULL);
      return NULL;
    }

  return NULL;
}

/**
 * yj_sandbox_jobs_stop:
 * @self: the jobs
 *
 * Ends all renderers and forgets all jobs.
 */
void
yj_sandbox_jobs_stop (YjSandboxJobs *self)
{
  GHashTableIter iter;
  gpointer value;

  g_queue_clear (&self->waiting);
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      YjSandboxJob *job = value;

      job->jobs = NULL;
      if (job->renderer == NULL)
        continue;
      g_subprocess_force_exit (job->renderer);
      g_subprocess_wait (job->renderer, NULL, NULL);    /* it must not write any more */
    }
  g_hash_table_remove_all (self->by_id);
}
