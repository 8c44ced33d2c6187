/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-sandbox-fault.h"

#include <gio/gio.h>

/*
 * What can go wrong on request. A fault is NAME or NAME=VALUE; on the command line it may be limited to one kind of
 * request and to the first so many of them: KIND:NAME=VALUE@TIMES. Values may be percent-encoded.
 */

static const struct
{
  const char *name;
  gboolean    number;           /* the value, where there is one, is a whole number */
  const char *help;
} known[] = {
  { "latency", TRUE, "=MS        the reply starts so many milliseconds late" },
  { "bandwidth", TRUE, "=BYTES   the reply goes out at so many bytes a second" },
  { "cut-response-after", TRUE, "=N  the connection is closed after N bytes of the reply's body" },
  { "cut-request-after", TRUE, "=N   the connection is closed after N bytes of the request's body" },
  { "no-reply", FALSE, "          the request is carried out, then the connection is closed without a reply" },
  { "stall", TRUE, "[=N]         nothing more is sent after N bytes of the body (0); the connection stays open" },
  { "wrong-length", TRUE, "[=±N]  Content-Length is wrong by N bytes (1)" },
  { "status", TRUE, "=N          this HTTP status instead of the reply; the body is 'body' or an error in JSON" },
  { "body", FALSE, "=TEXT         this body, with status 200 or that of 'status'" },
  { "html", FALSE, "              an HTML error page of a proxy, status 502 or that of 'status'" },
  { "redirect", FALSE, "=URL      302 (or 'status') to this address" },
  { "malformed-json", FALSE, "    the JSON is broken off; in a stream, one line of it" },
  { "no-done", FALSE, "           the stream ends without [DONE]" },
  { "stream-error", FALSE, "=TEXT an error line inside the stream" },
  { "balance", FALSE, "           429 Insufficient balance" },
  { "job-fails", FALSE, "=MESSAGE the job ends as FAILED with this message" },
  { "job-vanishes", FALSE, "      the job is forgotten once it has been running" },
  { "job-never-ends", FALSE, "    the job stays RUNNING" },
  { "link-expires", TRUE, "[=S]   the files are gone S seconds after the job succeeded (0)" },
};

static const char * const kinds[] = { "chat", "submit", "tasks", "file", "models" };

typedef struct
{
  char  *kind;                  /* NULL: every kind of request */
  char  *name;
  char  *value;
  int    times;                 /* how often yet; -1: always */
} Fault;

struct _YjSandboxFaultList
{
  GPtrArray *faults;
};

struct _YjSandboxFaults
{
  grefcount   ref_count;
  GHashTable *values;
};

static void
fault_free (Fault *fault)
{
  g_free (fault->kind);
  g_free (fault->name);
  g_free (fault->value);
  g_free (fault);
}

/* Splits NAME[=VALUE], checks both; the results are new strings. */
static gboolean
parse_fault (const char  *text,
             char       **name,
             char       **value,
             GError     **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *given = g_strstrip (equals != NULL ? g_strndup (text, equals - text) : g_strdup (text));

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (given, known[i].name) == 0)
      {
        g_autofree char *decoded = equals != NULL ? g_uri_unescape_string (equals + 1, NULL) : g_strdup ("");
        char *end = NULL;

        if (decoded != NULL)
          g_ascii_strtoll (decoded, &end, 10);
        if (decoded == NULL || (known[i].number && *end != '\0'))
          {
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The fault “%s” needs a whole number, not “%s”",
                         given, equals != NULL ? equals + 1 : "");
            return FALSE;
          }
        *name = g_steal_pointer (&given);
        *value = g_steal_pointer (&decoded);
        return TRUE;
      }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no fault “%s”", given);
  return FALSE;
}

/**
 * yj_sandbox_fault_list_new:
 *
 * Returns: (transfer full): an empty list
 */
YjSandboxFaultList *
yj_sandbox_fault_list_new (void)
{
  YjSandboxFaultList *self = g_new0 (YjSandboxFaultList, 1);

  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_free);

  return self;
}

/**
 * yj_sandbox_fault_list_free:
 * @self: a list
 */
void
yj_sandbox_fault_list_free (YjSandboxFaultList *self)
{
  g_ptr_array_unref (self->faults);
  g_free (self);
}

/**
 * yj_sandbox_fault_list_add:
 * @self: a list
 * @fault: `[KIND:]NAME[=VALUE][@TIMES]`
 * @error: the place for an error
 *
 * Fails with `G_IO_ERROR_INVALID_ARGUMENT` for a kind or name that does not exist.
 *
 * Returns: whether @fault was understood
 */
gboolean
yj_sandbox_fault_list_add (YjSandboxFaultList  *self,
                           const char          *fault,
                           GError             **error)
{
  g_autoptr(GRegex) form = g_regex_new ("^(?:([a-z]+):)?([a-z-]+(?:=.*?)?)(?:@(\\d+))?$", G_REGEX_DOTALL, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *text = NULL;
  g_autofree char *times = NULL;
  char *name, *value;
  Fault *entry;

  if (!g_regex_match (form, fault, 0, &match))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not of the form [KIND:]NAME[=VALUE][@TIMES]", fault);
      return FALSE;
    }
  kind = g_match_info_fetch (match, 1);
  text = g_match_info_fetch (match, 2);
  times = g_match_info_fetch (match, 3);
  if (kind != NULL && *kind != '\0')
    {
      gboolean found = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        found = found || g_strcmp0 (kind, kinds[i]) == 0;
      if (!found)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no kind of request “%s”", kind);
          return FALSE;
        }
    }
  if (!parse_fault (text, &name, &value, error))
    return FALSE;

  entry = g_new0 (Fault, 1);
  entry->kind = kind != NULL && *kind != '\0' ? g_steal_pointer (&kind) : NULL;
  entry->name = name;
  entry->value = value;
  entry->times = times != NULL && *times != '\0' ? atoi (times) : -1;
  g_ptr_array_add (self->faults, entry);

  return TRUE;
}

/**
 * yj_sandbox_fault_describe:
 *
 * Returns: (transfer full): what `--help` says of faults
 */
char *
yj_sandbox_fault_describe (void)
{
  GString *text = g_string_new ("Faults, for --fault and, as NAME=VALUE;NAME=VALUE, for the header X-Sandbox-Fault:\n");

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_string_append_printf (text, "  %s%s\n", known[i].name, known[i].help);
  g_string_append (text,
                   "\n--fault takes [KIND:]NAME[=VALUE][@TIMES]; KIND is chat, submit, tasks, file or models, TIMES limits\n"
                   "the fault to the first so many requests: --fault 'submit:balance' --fault 'tasks:status=500@2'.\n"
                   "Values may be percent-encoded. What befalls a job is decided by the request that submits it.");

  return g_string_free_and_steal (text);
}

/**
 * yj_sandbox_faults_new:
 * @list: what the command line asked for
 * @kind: the kind of the request
 * @header: (nullable): the value of `X-Sandbox-Fault`; it wins over @list
 * @error: the place for an error
 *
 * Gathers what one request is to meet, and counts down the limited ones of @list.
 *
 * Returns: (transfer full): the faults, or %NULL when @header names one that does not exist
 */
YjSandboxFaults *
yj_sandbox_faults_new (YjSandboxFaultList  *list,
                       const char          *kind,
                       const char          *header,
                       GError             **error)
{
  g_autoptr(YjSandboxFaults) self = g_new0 (YjSandboxFaults, 1);
  g_auto(GStrv) parts = g_strsplit (header != NULL ? header : "", ";", -1);

  g_ref_count_init (&self->ref_count);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < list->faults->len; i++)
    {
      Fault *fault = g_ptr_array_index (list->faults, i);

      if (fault->times == 0 || (fault->kind != NULL && g_strcmp0 (fault->kind, kind) != 0))
        continue;
      if (fault->times > 0)
        fault->times--;
      g_hash_table_insert (self->values, g_strdup (fault->name), g_strdup (fault->value));
    }

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *name, *value;

      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (!parse_fault (parts[i], &name, &value, error))
        return NULL;
      g_hash_table_insert (self->values, name, value);
    }

  return g_steal_pointer (&self);
}

/**
 * yj_sandbox_faults_ref:
 * @self: faults
 *
 * Returns: (transfer full): @self
 */
YjSandboxFaults *
yj_sandbox_faults_ref (YjSandboxFaults *self)
{
  g_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * yj_sandbox_faults_unref:
 * @self: (transfer full): faults
 */
void
yj_sandbox_faults_unref (YjSandboxFaults *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->values);
  g_free (self);
}

/**
 * yj_sandbox_faults_has:
 * @self: faults
 * @name: a fault's name
 *
 * Returns: whether it was asked for
 */
gboolean
yj_sandbox_faults_has (YjSandboxFaults *self,
                       const char      *name)
{
  return g_hash_table_contains (self->values, name);
}

/**
 * yj_sandbox_faults_get:
 * @self: faults
 * @name: a fault's name
 *
 * Returns: (transfer none) (nullable): its value, empty when it came without; %NULL when it was not asked for
 */
const char *
yj_sandbox_faults_get (YjSandboxFaults *self,
                       const char      *name)
{
  return g_hash_table_lookup (self->values, name);
}

/**
 * yj_sandbox_faults_get_int:
 * @self: faults
 * @name: a fault's name
 * @fallback: what to take when it came without a value
 *
 * Returns: its value, or -1 when it was not asked for
 */
gint64
yj_sandbox_faults_get_int (YjSandboxFaults *self,
                           const char      *name,
                           gint64           fallback)
{
  const char *value = yj_sandbox_faults_get (self, name);

  if (value == NULL)
    return -1;

  return *value != '\0' ? g_ascii_strtoll (value, NULL, 10) : fallback;
}
