/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli-job.h"
#include "yj-probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char     *model;
  char     *mode;
  char     *prompt;
  char     *first_frame;
  char     *last_frame;
  char    **images;
  char    **videos;
  char    **sounds;
  char    **values;
  char     *output;
  gboolean  no_wait;
  gboolean  force;
  gboolean  over_limit;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->model);
  g_free (options->mode);
  g_free (options->prompt);
  g_free (options->first_frame);
  g_free (options->last_frame);
  g_strfreev (options->images);
  g_strfreev (options->videos);
  g_strfreev (options->sounds);
  g_strfreev (options->values);
  g_free (options->output);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---------------------------------------------------------------- which model */

/* What the files say, when nobody says it. */
static YjMode
guess_mode (const Options *options)
{
  if (options->images != NULL || options->videos != NULL || options->sounds != NULL)
    return YJ_MODE_REFERENCES_TO_VIDEO;
  return options->first_frame != NULL || options->last_frame != NULL ? YJ_MODE_IMAGE_TO_VIDEO : YJ_MODE_TEXT_TO_VIDEO;
}

static YjModel *
find_model (YjCatalog     *catalog,
            const Options *options)
{
  YjMode mode;
  YjModel *model;

  if (options->mode != NULL)
    return yj_mode_from_string (options->mode, &mode) ? yj_catalog_find (catalog, (int) mode, options->model) : NULL;
  model = yj_catalog_find (catalog, (int) guess_mode (options), options->model);
  return model != NULL ? model : yj_catalog_find (catalog, -1, options->model);
}

/* ---------------------------------------------------------------- what goes into the draft */

static gboolean
set_values (YjDraft *draft,
            char   **values)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      char *sign = strchr (values[i], '=');
      g_autofree char *name = g_strndup (values[i], sign - values[i]);

      if (!g_str_equal (name, "llmid") && yj_model_find_parameter (yj_draft_get_model (draft), name) == NULL)
        {
          yj_cli_say (_("yuanjing-cli: The model has no parameter “%s”. See “yuanjing-cli models”."), name);
          return FALSE;
        }
      yj_draft_set_value (draft, name, sign + 1);
    }
  return TRUE;
}

static YjMediaInfo *
look_into (YjCli       *cli,
           GFile       *file,
           GError     **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  yj_probe_async (file, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  return yj_probe_finish (result, error);
}

static gboolean
add_file (YjCli       *cli,
          YjDraft     *draft,
          YjSlotRole   role,
          const char  *path)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(YjDraftFile) attached = NULL;
  g_autoptr(YjMediaInfo) info = NULL;
  g_autoptr(GError) error = NULL;

  info = look_into (cli, file, &error);
  if (info == NULL)
    {
      yj_cli_say (_("yuanjing-cli: “%s” cannot be used: %s"), path, error->message);
      return FALSE;
    }
  attached = yj_draft_file_new (file, (YjMediaKind) info->kind, info->content_type);
  yj_draft_file_set_facts (attached, info->size, info->width, info->height, info->duration);
  yj_draft_file_set_frame_rate (attached, info->frame_rate);
  yj_draft_file_set_codecs (attached, info->video_codec, info->audio_codec);
  yj_draft_file_set_alpha (attached, info->has_alpha);
  if (yj_draft_add_file (draft, role, attached))
    return TRUE;
  if (yj_model_find_slot (yj_draft_get_model (draft), role) == NULL)
    yj_cli_say (_("yuanjing-cli: The model has no place for “%s”."), path);
  else
    yj_cli_say (_("yuanjing-cli: The model does not take “%s” there: it is of another kind, or one too many."), path);
  return FALSE;
}

static gboolean
add_files (YjCli    *cli,
           YjDraft  *draft,
           YjSlotRole role,
           char    **paths)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    if (!add_file (cli, draft, role, paths[i]))
      return FALSE;
  return TRUE;
}

static gboolean
add_all_files (YjCli         *cli,
               YjDraft       *draft,
               const Options *options)
{
  return (options->first_frame == NULL || add_file (cli, draft, YJ_SLOT_FIRST_FRAME, options->first_frame)) &&
         (options->last_frame == NULL || add_file (cli, draft, YJ_SLOT_LAST_FRAME, options->last_frame)) &&
         add_files (cli, draft, YJ_SLOT_REFERENCE_IMAGES, options->images) &&
         add_files (cli, draft, YJ_SLOT_REFERENCE_VIDEOS, options->videos) &&
         add_files (cli, draft, YJ_SLOT_REFERENCE_AUDIO, options->sounds);
}

/* Everything that is wrong at once, not one thing per try. */
static gboolean
tell_problems (YjDraft  *draft,
               gboolean  force)
{
  g_autoptr(GPtrArray) problems = yj_draft_validate (draft);
  gboolean fine = TRUE;

  for (guint i = 0; i < problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (problems, i);
      gboolean fatal = problem->severity == YJ_PROBLEM_ERROR || (problem->severity == YJ_PROBLEM_LIMIT && !force);

      if (fatal && problem->severity == YJ_PROBLEM_LIMIT)
        yj_cli_say (_("yuanjing-cli: %s: %s (“--force” sends it all the same.)"), problem->field, problem->message);
      else if (fatal)
        yj_cli_say ("yuanjing-cli: %s: %s", problem->field, problem->message);
      else
        yj_cli_say (_("Note: %s: %s"), problem->field, problem->message);
      fine = fine && !fatal;
    }
  return fine;
}

static YjDraft *
make_draft (YjCli         *cli,
            const Options *options)
{
  YjModel *model = find_model (yj_session_get_catalog (cli->session), options);
  g_autoptr(YjDraft) draft = NULL;

  if (model == NULL)
    {
      yj_cli_say (_("yuanjing-cli: No such model: “%s”. See “yuanjing-cli models”."), options->model);
      return NULL;
    }
  draft = yj_draft_new (model);
  yj_draft_set_prompt (draft, options->prompt);
  if (!set_values (draft, options->values) || !add_all_files (cli, draft, options) || !tell_problems (draft, options->force))
    return NULL;
  return g_steal_pointer (&draft);
}

/* ---------------------------------------------------------------- the command */

/* An llmid that the platform has taken completes the catalogue, for the window too. */
static void
remember_llmid (YjCli   *cli,
                YjDraft *draft,
                YjJob   *job)
{
  YjModel *model = yj_draft_get_model (draft);
  const char *llmid = yj_draft_get_value (draft, "llmid");

  if (yj_model_get_llmid (model) != NULL || llmid == NULL || yj_job_get_task_id (job) == NULL || yj_session_get_sandbox (cli->session))
    return;
  yj_catalog_set_llmid (yj_session_get_catalog (cli->session), model, llmid);
  yj_session_save_catalog (cli->session);
}

static int
send_draft (YjCli         *cli,
            YjDraft       *draft,
            const Options *options)
{
  YjJobQueue *queue = yj_session_get_queue (cli->session);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(YjJob) job = NULL;
  int status;

  yj_job_queue_add_async (queue, draft, options->force, cli->cancellable, yj_cli_take_result, &result);
  yj_cli_wait_for (result != NULL);
  job = yj_job_queue_add_finish (queue, result, &error);
  if (job == NULL)
    {
      yj_cli_say (_("Nothing was sent."));
      return cli->interrupted ? YJ_EXIT_INTERRUPTED : yj_cli_fail (error);
    }
  g_object_ref (job);
  status = yj_cli_follow (cli, job, options->no_wait, options->output);
  remember_llmid (cli, draft, job);
  return status;
}

static gboolean
check_options (const Options *options,
               int            argc,
               int           *status)
{
  YjMode mode;

  *status = YJ_EXIT_DONE;
  if (argc > 1)
    *status = yj_cli_misused (_("“create” takes nothing but options."));
  else if (options->model == NULL)
    *status = yj_cli_misused (_("A model is needed: -m MODEL."));
  else if (options->prompt == NULL)
    *status = yj_cli_misused (_("A prompt is needed: -p PROMPT."));
  else if (!g_utf8_validate (options->prompt, -1, NULL) || !g_utf8_validate (options->model, -1, NULL))
    *status = yj_cli_misused (_("Texts must be UTF-8."));
  else if (options->mode != NULL && !yj_mode_from_string (options->mode, &mode))
    *status = yj_cli_misused (_("The mode is one of t2v, i2v and r2v."));
  else if (!yj_cli_check_output (options->output))
    *status = YJ_EXIT_USAGE;
  for (guint i = 0; *status == YJ_EXIT_DONE && options->values != NULL && options->values[i] != NULL; i++)
    if (!g_utf8_validate (options->values[i], -1, NULL) || strchr (options->values[i], '=') == NULL)
      *status = yj_cli_misused (_("A value is set as NAME=VALUE."));
  return *status == YJ_EXIT_DONE;
}

/**
 * yj_cli_create:
 * @cli: the program
 * @argc: number of arguments
 * @argv: `create` and its options
 *
 * Makes a video: a job in the shared library that is sent, waited for and fetched. Jobs that an earlier start left
 * unfinished go on meanwhile. Prints where the video is, or with `--no-wait` the task id.
 *
 * Returns: the exit status
 */
int
yj_cli_create (YjCli  *cli,
               int     argc,
               char  **argv)
{
  g_auto(Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &options.model, N_("A model's name or llmid"), N_("MODEL") },
    { "mode", 0, 0, G_OPTION_ARG_FILENAME, &options.mode, N_("t2v, i2v or r2v (default: by the files)"), N_("MODE") },
    { "prompt", 'p', 0, G_OPTION_ARG_FILENAME, &options.prompt, N_("What to show"), N_("PROMPT") },
    { "first-frame", 0, 0, G_OPTION_ARG_FILENAME, &options.first_frame, N_("Picture that it begins with"), N_("FILE") },
    { "last-frame", 0, 0, G_OPTION_ARG_FILENAME, &options.last_frame, N_("Picture that it ends with"), N_("FILE") },
    { "image", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.images, N_("Reference picture; may be repeated"), N_("FILE") },
    { "video", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.videos, N_("Reference video; may be repeated"), N_("FILE") },
    { "audio", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.sounds, N_("Reference sound; may be repeated"), N_("FILE") },
    { "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.values, N_("Set a parameter, or llmid; may be repeated"), N_("NAME=VALUE") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("Put the video into FILE too"), N_("FILE") },
    { "no-wait", 0, 0, G_OPTION_ARG_NONE, &options.no_wait, N_("End when the platform has taken the job"), NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force, N_("Send although a documented upstream limit is exceeded"), NULL },
    { "over-limit", 0, 0, G_OPTION_ARG_NONE, &options.over_limit, N_("Send although your limit of the month may be crossed"), NULL },
    { NULL }
  };
  g_autoptr(YjDraft) draft = NULL;
  int status;

  if (!yj_cli_parse (cli, &argc, &argv, entries, NULL,
                     _("Makes a video and keeps it in the library. This may cost money. What is stopped goes on at the next start."),
                     &status) ||
      !check_options (&options, argc, &status))
    return status;

  status = yj_cli_open_platform (cli, TRUE);
  if (status != YJ_EXIT_DONE)
    return status;
  draft = make_draft (cli, &options);
  if (draft == NULL)
    return cli->interrupted ? YJ_EXIT_INTERRUPTED : YJ_EXIT_INVALID;
  if (!options.over_limit)
    status = yj_cli_check_limit (cli, draft);
  return status != YJ_EXIT_DONE ? status : send_draft (cli, draft, &options);
}
