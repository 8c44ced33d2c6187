/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-cli.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  YjCli    *cli;
  GString  *text;
  GString  *reasoning;
  gboolean  thinking;           /* reasoning is on the screen, and no text yet */
  gboolean  stream;
  gboolean  ended;
} Answer;

static void
print_delta (Answer     *answer,
             const char *content,
             const char *reasoning)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (answer->cli->json)
    {
      if (!answer->stream)
        return;
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      yj_cli_add_string (builder, "content", content);
      if (reasoning != NULL)
        yj_cli_add_string (builder, "reasoning", reasoning);
      json_builder_end_object (builder);
      yj_cli_print_json (builder);
      return;
    }

  /* What a model thinks aloud is for the eye only. */
  if (reasoning != NULL && isatty (STDERR_FILENO))
    {
      g_autofree char *plain = yj_cli_plain (reasoning, STDERR_FILENO);

      fprintf (stderr, "\033[2m%s\033[0m", plain);
      fflush (stderr);
      answer->thinking = TRUE;
    }
  if (content != NULL && *content != '\0')
    {
      g_autofree char *plain = yj_cli_plain (content, STDOUT_FILENO);

      if (answer->thinking)
        fputs ("\n\n", stderr);
      answer->thinking = FALSE;
      yj_cli_print ("%s", plain);
    }
}

static void
delta_cb (YjChatStream *stream,
          const char   *content,
          const char   *reasoning,
          Answer       *answer)
{
  if (content != NULL)
    g_string_append (answer->text, content);
  if (reasoning != NULL)
    g_string_append (answer->reasoning, reasoning);
  print_delta (answer, content, reasoning);
}

static void
ended_cb (YjChatStream *stream,
          Answer       *answer)
{
  answer->ended = TRUE;
}

static const char *
get_end_name (YjChatEnd end)
{
  switch (end)
    {
    case YJ_CHAT_END_COMPLETE:
      return "complete";
    case YJ_CHAT_END_CUT:
      return "cut";
    case YJ_CHAT_END_STOPPED:
      return "stopped";
    case YJ_CHAT_END_FAILED:
    case YJ_CHAT_END_NONE:
    default:
      return "failed";
    }
}

static void
print_end (Answer       *answer,
           YjChatStream *stream)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  const GError *error = yj_chat_stream_get_error (stream);

  json_builder_begin_object (builder);
  yj_cli_add_string (builder, "end", get_end_name (yj_chat_stream_get_end (stream)));
  if (!answer->stream)
    {
      yj_cli_add_string (builder, "content", answer->text->str);
      yj_cli_add_string (builder, "reasoning", answer->reasoning->len > 0 ? answer->reasoning->str : NULL);
    }
  yj_cli_add_string (builder, "model", yj_chat_stream_get_model (stream));
  yj_cli_add_int (builder, "prompt_tokens", yj_chat_stream_get_prompt_tokens (stream));
  yj_cli_add_int (builder, "completion_tokens", yj_chat_stream_get_completion_tokens (stream));
  yj_cli_add_int (builder, "cached_tokens", yj_chat_stream_get_cached_tokens (stream));
  yj_cli_add_string (builder, "error", error != NULL ? error->message : NULL);
  json_builder_end_object (builder);
  yj_cli_print_json (builder);
}

static int
get_status (YjChatStream *stream)
{
  const GError *error = yj_chat_stream_get_error (stream);

  switch (yj_chat_stream_get_end (stream))
    {
    case YJ_CHAT_END_COMPLETE:
      return YJ_EXIT_DONE;
    case YJ_CHAT_END_STOPPED:
      return YJ_EXIT_INTERRUPTED;
    case YJ_CHAT_END_CUT:
      yj_cli_say (_("yuanjing-cli: The answer was cut short."));
      return YJ_EXIT_NETWORK;
    case YJ_CHAT_END_FAILED:
    case YJ_CHAT_END_NONE:
    default:
      return error != NULL ? yj_cli_fail (error) : YJ_EXIT_FAILED;
    }
}

static int
ask (YjCli               *cli,
     const YjChatRequest *request)
{
  Answer answer = { cli, g_string_new (NULL), g_string_new (NULL), FALSE, request->stream, FALSE };
  g_autoptr(YjChatStream) stream = yj_platform_chat (yj_session_get_platform (cli->session), request);
  int status;

  g_signal_connect (stream, "delta", G_CALLBACK (delta_cb), &answer);
  g_signal_connect (stream, "ended", G_CALLBACK (ended_cb), &answer);
  yj_cli_wait_for (answer.ended || cli->interrupted);
  if (!answer.ended)
    yj_chat_stream_stop (stream);
  yj_cli_wait_for (answer.ended);

  /* The text ends with a line end, and what is said of it begins on a new line. */
  if (!cli->json && answer.text->len > 0 && answer.text->str[answer.text->len - 1] != '\n')
    yj_cli_print ("\n");
  if (answer.thinking)
    fputc ('\n', stderr);
  if (cli->json)
    print_end (&answer, stream);
  status = get_status (stream);
  g_signal_handlers_disconnect_by_data (stream, &answer);
  g_string_free (answer.text, TRUE);
  g_string_free (answer.reasoning, TRUE);
  return status;
}

/**
 * yj_cli_chat:
 * @cli: the program
 * @argc: number of arguments
 * @argv: `chat`, its options, and the prompt or `-` for standard input
 *
 * Asks a language model; the answer goes to standard output as it comes. One that is cut short keeps its text and exits
 * with 6.
 *
 * Returns: the exit status
 */
int
yj_cli_chat (YjCli  *cli,
             int     argc,
             char  **argv)
{
  g_autofree char *model = NULL, *system = NULL, *prompt = NULL;
  gboolean whole = FALSE;
  const GOptionEntry entries[] = {
    { "model", 'm', 0, G_OPTION_ARG_FILENAME, &model, N_("Ask this model"), N_("MODEL") },
    { "system", 's', 0, G_OPTION_ARG_FILENAME, &system, N_("System prompt"), N_("SYSTEM") },
    { "no-stream", 0, 0, G_OPTION_ARG_NONE, &whole, N_("Take the answer whole"), NULL },
    { NULL }
  };
  YjChatRequest request = { NULL };
  int status;

  if (!yj_cli_parse (cli, &argc, &argv, entries, "[PROMPT | -]",
                     _("Asks a language model. Without PROMPT, or with “-”, the question is read from standard input."), &status))
    return status;
  /* The option parser leaves a "--" that it stopped at. */
  if (argc > 1 && g_str_equal (argv[1], "--"))
    {
      argc--;
      argv++;
    }
  if (argc > 2)
    return yj_cli_misused (_("The question is one argument: put it in quotation marks."));

  prompt = argc == 2 && !g_str_equal (argv[1], "-") ? g_strdup (argv[1]) : yj_cli_read_input (cli, FALSE);
  if (prompt == NULL)
    return cli->interrupted ? YJ_EXIT_INTERRUPTED : YJ_EXIT_FAILED;
  if (!g_utf8_validate (prompt, -1, NULL) || (model != NULL && !g_utf8_validate (model, -1, NULL)) ||
      (system != NULL && !g_utf8_validate (system, -1, NULL)))
    return yj_cli_misused (_("Texts must be UTF-8."));
  if (*g_strstrip (prompt) == '\0')
    return yj_cli_misused (_("There is no question."));

  status = yj_cli_open_platform (cli, FALSE);
  if (status != YJ_EXIT_DONE)
    return status;
  request.model = model;
  request.prompt = prompt;
  request.system_prompt = system;
  request.stream = !whole;
  return ask (cli, &request);
}
