/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-usage-dialog"

#include "yj-usage-dialog.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "yj-error-text.h"
#include "yj-long-toast.h"
#include "yj-usage-cap.h"
#include "yj-usage-chart.h"
#include "yj-usage-table.h"
#include "yj-usage-words.h"

struct _YjUsageDialog
{
  AdwDialog        parent_instance;

  AdwToastOverlay *toasts;
  AdwToggleGroup  *period;
  GtkLabel        *counts;
  GtkLabel        *silent;
  GtkBox          *figures;
  GtkDropDown     *unit;
  YjUsageChart    *chart;
  AdwToggleGroup  *by;
  GtkColumnView   *table;
  AdwComboRow     *limit_unit_row;
  AdwSpinRow      *limit_row;

  YjSession       *session;
  GSettings       *settings;
  GCancellable    *cancellable;         /* of the period's question */
  GPtrArray       *uses;                /* of YjUse, of the period */
  YjLedger        *ledger;              /* of those, by time */
  GStrv            limit_units;         /* ids beside the rows of limit_unit_row */
  gboolean         filling;
};

G_DEFINE_FINAL_TYPE (YjUsageDialog, yj_usage_dialog, ADW_TYPE_DIALOG)

static void
say (YjUsageDialog *self,
     const GError  *error)
{
  g_autofree char *text = yj_error_text_dup (error);

  adw_toast_overlay_add_toast (self->toasts, yj_long_toast_new (text));
}

/* ---- the chart and the table */

static gboolean
is_period (YjUsageDialog *self,
           const char    *name)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->period), name) == 0;
}

static void
get_period (YjUsageDialog *self,
            gint64        *from,
            gint64        *until)
{
  gboolean last = is_period (self, "last");

  *from = is_period (self, "all") ? 0 : yj_usage_cap_get_month (last ? 1 : 0);
  *until = is_period (self, "all") ? G_MAXINT64 : yj_usage_cap_get_month (last ? 0 : -1);
}

/* Every day of the month, or every month from the first that has anything to this one. */
static GStrv
list_steps (YjUsageDialog *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gboolean months = is_period (self, "all");
  gint64 from, until;
  g_autoptr(GDateTime) time = NULL;

  get_period (self, &from, &until);
  if (months)
    {
      guint n = self->ledger->rows->len;
      const YjLedgerRow *oldest = n > 0 ? g_ptr_array_index (self->ledger->rows, n - 1) : NULL;
      int year, month;

      if (oldest == NULL || sscanf (oldest->key, "%d-%d", &year, &month) < 2)
        return g_strv_builder_end (builder);
      time = g_date_time_new_local (year, month, 1, 12, 0, 0);
      until = yj_usage_cap_get_month (-1);
    }
  else
    {
      g_autoptr(GDateTime) first = g_date_time_new_from_unix_local (from / G_USEC_PER_SEC);

      time = g_date_time_add_hours (first, 12);
    }
  while (time != NULL && g_date_time_to_unix (time) < until / G_USEC_PER_SEC)
    {
      g_autoptr(GDateTime) next = months ? g_date_time_add_months (time, 1) : g_date_time_add_days (time, 1);

      g_strv_builder_take (builder, g_date_time_format (time, months ? "%Y-%m" : "%Y-%m-%d"));
      g_clear_pointer (&time, g_date_time_unref);
      time = g_steal_pointer (&next);
    }

  return g_strv_builder_end (builder);
}

static const YjLedgerRow *
find_row (YjLedger   *ledger,
          const char *key)
{
  for (guint i = 0; i < ledger->rows->len; i++)
    {
      const YjLedgerRow *row = g_ptr_array_index (ledger->rows, i);

      if (g_str_equal (row->key, key))
        return row;
    }

  return NULL;
}

/* What the drop-down has: each unit, then videos, then answers. */
static double
get_amount (YjUsageDialog     *self,
            const YjLedgerRow *row,
            guint              choice)
{
  if (choice < self->ledger->units->len)
    return row->amounts[choice];

  return choice == self->ledger->units->len ? row->n_videos : row->n_answers;
}

static void
show_chart (YjUsageDialog *self)
{
  guint choice = gtk_drop_down_get_selected (self->unit);
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->unit);
  g_auto(GStrv) steps = NULL;
  g_autoptr(GStrvBuilder) labels = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;
  g_autofree double *amounts = NULL;
  guint n;

  if (self->ledger == NULL || item == NULL)
    return;
  steps = list_steps (self);
  n = g_strv_length (steps);
  amounts = g_new0 (double, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    {
      const YjLedgerRow *row = find_row (self->ledger, steps[i]);

      amounts[i] = row != NULL ? get_amount (self, row, choice) : 0;
      g_strv_builder_take (labels, yj_usage_words_dup_key (steps[i], YJ_LEDGER_BY_TIME));
    }
  names = g_strv_builder_end (labels);
  yj_usage_chart_show (self->chart, amounts, (const char * const *) names, n, gtk_string_object_get_string (item));
}

static void
unit_cb (YjUsageDialog *self)
{
  if (!self->filling)
    show_chart (self);
}

static void
show_table (YjUsageDialog *self)
{
  YjLedgerBy by = (YjLedgerBy) adw_toggle_group_get_active (self->by);

  if (self->uses != NULL)
    yj_usage_table_fill (self->table, yj_ledger_new (self->uses, yj_session_get_catalog (self->session), by), by);
}

static void
by_cb (YjUsageDialog *self)
{
  show_table (self);
}

static void
fill_units (YjUsageDialog *self)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);

  self->filling = TRUE;
  for (guint i = 0; i < self->ledger->units->len; i++)
    gtk_string_list_take (list, yj_usage_words_dup_unit (g_ptr_array_index (self->ledger->units, i)));
  gtk_string_list_append (list, _("Videos"));
  gtk_string_list_append (list, _("Answers"));
  gtk_drop_down_set_model (self->unit, G_LIST_MODEL (list));
  self->filling = FALSE;
}

static void
show_words (YjUsageDialog *self)
{
  const YjLedgerRow *total = self->ledger->total;
  gint64 n = total->n_videos + total->n_answers;
  g_autofree char *counts = yj_usage_words_dup_counts (total), *silent = NULL;

  gtk_label_set_label (self->counts, n > 0 ? counts : _("Nothing Was Used"));
  if (n == 0)
    silent = g_strdup (yj_session_get_sandbox (self->session) ? _("What the sandbox makes is not charged.") : "");
  else if (total->n_silent == 0)
    silent = g_strdup (_("Of each, the platform told figures."));
  else
    silent = g_strdup_printf (ngettext ("Of %d of them the platform told no figures: what it took is unknown.",
                                        "Of %d of them the platform told no figures: what they took is unknown.",
                                        (gulong) total->n_silent), (int) total->n_silent);
  gtk_label_set_label (self->silent, silent);
  gtk_widget_set_visible (GTK_WIDGET (self->silent), *silent != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->figures), n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "usage.export", n > 0);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjUsageDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) uses = yj_library_list_uses_finish (YJ_LIBRARY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (uses == NULL)
    {
      say (self, error);
      return;
    }
  g_clear_pointer (&self->uses, g_ptr_array_unref);
  g_clear_pointer (&self->ledger, yj_ledger_free);
  self->uses = g_steal_pointer (&uses);
  self->ledger = yj_ledger_new (self->uses, yj_session_get_catalog (self->session), YJ_LEDGER_BY_TIME);
  show_words (self);
  fill_units (self);
  show_chart (self);
  show_table (self);
}

static void
period_cb (YjUsageDialog *self)
{
  gint64 from, until;

  if (self->session == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  get_period (self, &from, &until);
  yj_library_list_uses_async (yj_session_get_library (self->session), from, until,
                              is_period (self, "all") ? YJ_USE_BY_MONTH : YJ_USE_BY_DAY, self->cancellable,
                              listed_cb, g_object_ref (self));
}

/* ---- the limit */

static void
limit_unit_cb (YjUsageDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->limit_unit_row);

  if (self->limit_units == NULL || selected >= g_strv_length (self->limit_units))
    return;
  g_settings_set_string (self->settings, "usage-limit-unit", self->limit_units[selected]);
  gtk_widget_set_visible (GTK_WIDGET (self->limit_row), selected > 0);
}

static void
limits_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjUsageDialog) self = user_data;
  g_autoptr(GPtrArray) uses = yj_library_list_uses_finish (YJ_LIBRARY (object), result, NULL);
  g_autoptr(YjLedger) ledger = NULL;
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *chosen = g_settings_get_string (self->settings, "usage-limit-unit");
  g_auto(GStrv) units = NULL;
  guint selected = 0;
  gboolean known = FALSE;

  if (uses == NULL)
    return;
  ledger = yj_ledger_new (uses, yj_session_get_catalog (self->session), YJ_LEDGER_BY_MODE);
  g_strv_builder_add_many (ids, "", YJ_USAGE_CAP_JOBS, NULL);
  gtk_string_list_append (list, _("No Limit"));
  gtk_string_list_append (list, _("Videos"));
  for (guint i = 0; i < ledger->units->len; i++)
    {
      const YjLedgerUnit *unit = g_ptr_array_index (ledger->units, i);

      /* a question of chat is never asked about */
      if (unit->provider == NULL)
        continue;
      g_strv_builder_add (ids, unit->id);
      gtk_string_list_take (list, yj_usage_words_dup_unit (unit));
    }
  /* what was chosen stays, though nothing was told of it for long */
  for (guint i = 0; i < ledger->units->len; i++)
    known |= g_str_equal (((YjLedgerUnit *) g_ptr_array_index (ledger->units, i))->id, chosen);
  if (!known && strchr (chosen, '/') != NULL)
    {
      g_strv_builder_add (ids, chosen);
      gtk_string_list_take (list, yj_usage_words_dup_id (chosen, yj_session_get_catalog (self->session)));
    }
  units = g_strv_builder_end (ids);
  for (guint i = 0; units[i] != NULL; i++)
    if (g_str_equal (units[i], chosen))
      selected = i;
  adw_combo_row_set_model (self->limit_unit_row, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->limit_unit_row, selected);
  g_strfreev (self->limit_units);
  self->limit_units = g_steal_pointer (&units);
  gtk_widget_set_visible (GTK_WIDGET (self->limit_row), selected > 0);
}

/* ---- the file */

typedef struct
{
  YjUsageDialog *dialog;
  GFile         *file;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->dialog);
  g_object_unref (export->file);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    say (export->dialog, error);
  else
    adw_toast_overlay_add_toast (export->dialog->toasts, adw_toast_new (_("Exported")));
}

typedef struct
{
  GPtrArray *uses;
  YjCatalog *catalog;
} Text;

static void
text_free (Text *text)
{
  g_ptr_array_unref (text->uses);
  g_object_unref (text->catalog);
  g_free (text);
}

static void
text_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char * const names[YJ_LEDGER_CSV_COLUMNS] = {
    _("Time"), _("Mode"), _("Provider"), _("Model"), _("State"), _("Task ID"), _("Figure"), _("Amount"),
  };
  Text *text = task_data;

  g_task_return_pointer (task, yj_ledger_write_csv (text->uses, text->catalog, names), (GDestroyNotify) g_bytes_unref);
}

static void
text_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Export *export = user_data;
  g_autoptr(GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  g_file_replace_contents_bytes_async (export->file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb, export);
}

static void
export_listed_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(Export) export = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GTask) task = NULL;
  GPtrArray *uses = yj_library_list_uses_finish (YJ_LIBRARY (object), result, &error);
  Text *text;

  if (uses == NULL)
    {
      say (export->dialog, error);
      return;
    }
  text = g_new (Text, 1);
  *text = (Text) { uses, g_object_ref (yj_session_get_catalog (export->dialog->session)) };
  task = g_task_new (NULL, NULL, text_cb, g_steal_pointer (&export));
  g_task_set_task_data (task, text, (GDestroyNotify) text_free);
  g_task_run_in_thread (task, text_thread);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(YjUsageDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, &error);
  Export *export;
  gint64 from, until;

  if (file == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        say (self, error);
      return;
    }
  get_period (self, &from, &until);
  export = g_new (Export, 1);
  *export = (Export) { g_object_ref (self), g_object_ref (file) };
  yj_library_list_uses_async (yj_session_get_library (self->session), from, until, YJ_USE_SINGLE, NULL, export_listed_cb, export);
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  YjUsageDialog *self = YJ_USAGE_DIALOG (widget);
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  /* translators: the beginning of a file's name */
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d"), *name = g_strdup_printf ("%s %s.csv", _("Usage"), date);

  gtk_file_dialog_set_title (dialog, _("Export as CSV"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb, g_object_ref (self));
}

/* ---- type */

static void
yj_usage_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (YJ_USAGE_DIALOG (dialog)->cancellable);
}

static void
yj_usage_dialog_dispose (GObject *object)
{
  YjUsageDialog *self = YJ_USAGE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), YJ_TYPE_USAGE_DIALOG);
  g_clear_pointer (&self->uses, g_ptr_array_unref);
  g_clear_pointer (&self->ledger, yj_ledger_free);
  g_clear_pointer (&self->limit_units, g_strfreev);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (yj_usage_dialog_parent_class)->dispose (object);
}

static void
yj_usage_dialog_class_init (YjUsageDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = yj_usage_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = yj_usage_dialog_closed;
  g_type_ensure (YJ_TYPE_USAGE_CHART);
  gtk_widget_class_install_action (widget_class, "usage.export", NULL, export_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/ai/opencomputing/Yuanjing/ui/yj-usage-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, period);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, silent);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, figures);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, chart);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, by);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, table);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, limit_unit_row);
  gtk_widget_class_bind_template_child (widget_class, YjUsageDialog, limit_row);
  gtk_widget_class_bind_template_callback (widget_class, period_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_bind_template_callback (widget_class, by_cb);
  gtk_widget_class_bind_template_callback (widget_class, limit_unit_cb);
}

static void
yj_usage_dialog_init (YjUsageDialog *self)
{
  self->settings = g_settings_new (YJ_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->figures), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->limit_row), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "usage.export", FALSE);
  g_settings_bind (self->settings, "usage-limit", self->limit_row, "value", G_SETTINGS_BIND_DEFAULT);
}

/**
 * yj_usage_dialog_new:
 * @session: an open session
 *
 * Returns: (transfer floating): the dialog, for presenting
 */
AdwDialog *
yj_usage_dialog_new (YjSession *session)
{
  YjUsageDialog *self;

  g_return_val_if_fail (YJ_IS_SESSION (session), NULL);

  self = g_object_new (YJ_TYPE_USAGE_DIALOG, NULL);
  self->session = g_object_ref (session);
  yj_library_list_uses_async (yj_session_get_library (session), 0, G_MAXINT64, YJ_USE_BY_MONTH, NULL, limits_cb, g_object_ref (self));
  period_cb (self);

  return ADW_DIALOG (self);
}
