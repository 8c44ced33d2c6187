/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger as a file for spreadsheets. */
#include "yj-ledger.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"

/* A spreadsheet takes a cell for a formula that begins so, in the full width of Chinese keyboards too. */
static gboolean
is_formula (const char *text)
{
  static const char * const starts[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i]))
      return TRUE;

  return FALSE;
}

static void
append_text (GString    *csv,
             const char *text)
{
  if (text == NULL)
    return;
  g_string_append_c (csv, '"');
  if (is_formula (text))
    g_string_append_c (csv, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
  g_string_append_c (csv, '"');
}

static void
append_use (GString     *csv,
            const YjUse *use,
            YjCatalog   *catalog)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (use->moment / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : NULL;
  g_autofree char *key = yj_ledger_dup_provider (catalog, use->mode, use->model_id, use->model);
  g_autofree char *provider = yj_ledger_dup_provider_name (catalog, key);
  const char *texts[] = { use->mode, provider, use->model, use->state, use->task_id, use->unit };
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (csv, time != NULL ? time : "");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_string_append_c (csv, ',');
      append_text (csv, texts[i]);
    }
  g_string_append_c (csv, ',');
  if (use->unit != NULL)
    g_string_append (csv, g_ascii_formatd (number, sizeof number, "%.15g", use->amount));
  g_string_append (csv, "\r\n");
}

/**
 * yj_ledger_write_csv:
 * @uses: (element-type YjUse): single uses
 * @catalog: tells the providers
 * @names: (array fixed-size=8): the columns' names: time, mode, provider, model, state, task, unit, amount
 *
 * One line for each figure, and one without unit and amount for a use of which nothing was told. Task ids are texts: they
 * have more digits than a spreadsheet's numbers.
 *
 * Returns: (transfer full): the file
 */
GBytes *
yj_ledger_write_csv (GPtrArray          *uses,
                     YjCatalog          *catalog,
                     const char * const *names)
{
  GString *csv = g_string_new (MARK);

  for (guint i = 0; i < YJ_LEDGER_CSV_COLUMNS; i++)
    {
      g_string_append (csv, i > 0 ? "," : "");
      append_text (csv, names[i]);
    }
  g_string_append (csv, "\r\n");
  for (guint i = 0; i < uses->len; i++)
    append_use (csv, g_ptr_array_index (uses, i), catalog);

  return g_string_free_to_bytes (csv);
}
