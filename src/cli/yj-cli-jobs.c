/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli.h"
#include "yj-cli-job.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

static void
print_line (YjLibrary      *library,
            const YjJobRow *row)
{
  g_autofree char *prompt = yj_cli_plain (row->prompt != NULL ? row->prompt : "", STDOUT_FILENO);
  g_autofree char *path = yj_cli_dup_video_path (library, row->file);

  g_strdelimit (prompt, "\n\t\r", ' ');
  yj_cli_print ("%s\t%s\t%s\t%s\t%s\t%s\n", row->uuid, row->state, row->task_id != NULL ? row->task_id : "-",
                row->model_name != NULL ? row->model_name : "-", path != NULL ? path : "-", prompt);
}

/**
 * yj_cli_jobs:
 * @cli: the program
 * @argc: number of arguments
 * @argv: `jobs`
 *
 * Prints what the library holds, newest first: id, state, task id, model, file, prompt. No key is asked for and
 * nothing goes on by it.
 *
 * Returns: the exit status
 */
int
yj_cli_jobs (YjCli  *cli,
             int     argc,
             char  **argv)
{
  g_autoptr(GFile) folder = yj_library_new_default_folder ();
  g_autoptr(GAsyncResult) opened = NULL, loaded = NULL, closed = NULL;
  g_autoptr(YjLibrary) library = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  if (!yj_cli_parse (cli, &argc, &argv, NULL, NULL, _("Lists the jobs in the library, the newest first."), &status))
    return status;
  if (argc > 1)
    return yj_cli_misused (_("“jobs” takes nothing but options."));

  yj_library_open_async (folder, cli->cancellable, yj_cli_take_result, &opened);
  yj_cli_wait_for (opened != NULL);
  library = yj_library_open_finish (opened, &error);
  if (library == NULL)
    return yj_cli_fail (error);
  yj_library_load_jobs_async (library, cli->cancellable, yj_cli_take_result, &loaded);
  yj_cli_wait_for (loaded != NULL);
  rows = yj_library_load_jobs_finish (library, loaded, &error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (((const YjJobRow *) rows->pdata[i])->trashed != 0)
      continue;
    else if (cli->json)
      yj_cli_print_row (library, rows->pdata[i]);
    else
      print_line (library, rows->pdata[i]);
  yj_library_close_async (library, yj_cli_take_result, &closed);
  yj_cli_wait_for (closed != NULL);
  return error != NULL ? yj_cli_fail (error) : YJ_EXIT_DONE;
}
