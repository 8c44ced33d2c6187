/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-ledger.h"

#include <string.h>

static void
unit_free (gpointer data)
{
  YjLedgerUnit *unit = data;

  g_free (unit->id);
  g_free (unit->provider);
  g_free (unit->name);
  g_free (unit);
}

static void
row_free (gpointer data)
{
  YjLedgerRow *row = data;

  g_free (row->key);
  g_free (row->amounts);
  g_free (row->counts);
  g_free (row);
}

/**
 * yj_ledger_free:
 * @ledger: (transfer full): a table
 */
void
yj_ledger_free (YjLedger *ledger)
{
  g_ptr_array_unref (ledger->units);
  g_ptr_array_unref (ledger->rows);
  row_free (ledger->total);
  g_free (ledger);
}

/**
 * yj_ledger_dup_provider:
 * @catalog: the catalogue
 * @mode: (nullable): "t2v", "chat", …
 * @model_id: (nullable): of the catalogue
 * @model: (nullable): the model's name
 *
 * Returns: (transfer full) (nullable): the key of whose figures those of the model are, the same in every language; %NULL
 *   for chat
 */
char *
yj_ledger_dup_provider (YjCatalog  *catalog,
                        const char *mode,
                        const char *model_id,
                        const char *model)
{
  YjModel *known = model_id != NULL ? yj_catalog_find_by_id (catalog, model_id) : NULL;
  const char *provider = known != NULL ? yj_model_get_provider_key (known) : NULL;

  if (g_strcmp0 (mode, "chat") == 0)
    return NULL;
  if (provider != NULL && *provider != '\0')
    return g_strdup (provider);

  return g_strdup (model != NULL ? model : "?");
}

/**
 * yj_ledger_dup_provider_name:
 * @catalog: the catalogue
 * @provider: (nullable): what yj_ledger_dup_provider() gave
 *
 * Returns: (transfer full) (nullable): its name in the person's language; %NULL for chat
 */
char *
yj_ledger_dup_provider_name (YjCatalog  *catalog,
                             const char *provider)
{
  const char *name = provider != NULL ? yj_catalog_find_provider (catalog, provider) : NULL;

  return g_strdup (name != NULL ? name : provider);
}

/**
 * yj_ledger_dup_unit_id:
 * @provider: (nullable): the key of whose figure it is; %NULL: of chat
 * @name: the platform's own name of it
 *
 * Returns: (transfer full): what tells this unit from others, also in settings
 */
char *
yj_ledger_dup_unit_id (const char *provider,
                       const char *name)
{
  return g_strconcat (provider != NULL ? provider : "", "/", name, NULL);
}

/* ---- columns */

static YjLedgerUnit *
find_unit (YjLedger   *ledger,
           const char *id,
           guint      *place)
{
  for (guint i = 0; i < ledger->units->len; i++)
    {
      YjLedgerUnit *unit = g_ptr_array_index (ledger->units, i);

      if (g_str_equal (unit->id, id))
        {
          *place = i;
          return unit;
        }
    }

  return NULL;
}

static int
compare_units (gconstpointer a,
               gconstpointer b)
{
  const YjLedgerUnit *one = a, *other = b;

  if ((one->provider == NULL) != (other->provider == NULL))
    return one->provider == NULL ? 1 : -1;
  if (one->n != other->n)
    return one->n > other->n ? -1 : 1;

  return strcmp (one->id, other->id);
}

static void
list_units (YjLedger  *ledger,
            GPtrArray *uses,
            YjCatalog *catalog)
{
  for (guint i = 0; i < uses->len; i++)
    {
      const YjUse *use = g_ptr_array_index (uses, i);
      g_autofree char *provider = NULL, *id = NULL;
      YjLedgerUnit *unit;
      guint place;

      if (use->unit == NULL)
        continue;
      provider = yj_ledger_dup_provider (catalog, use->mode, use->model_id, use->model);
      id = yj_ledger_dup_unit_id (provider, use->unit);
      unit = find_unit (ledger, id, &place);
      if (unit == NULL)
        {
          unit = g_new0 (YjLedgerUnit, 1);
          unit->id = g_steal_pointer (&id);
          unit->provider = yj_ledger_dup_provider_name (catalog, provider);
          unit->name = g_strdup (use->unit);
          g_ptr_array_add (ledger->units, unit);
        }
      unit->n += use->n;
    }
  g_ptr_array_sort_values (ledger->units, compare_units);
}

/* ---- rows */

static YjLedgerRow *
row_new (YjLedger   *ledger,
         const char *key)
{
  YjLedgerRow *row = g_new0 (YjLedgerRow, 1);

  row->key = g_strdup (key);
  row->amounts = g_new0 (double, MAX (ledger->units->len, 1));
  row->counts = g_new0 (gint64, MAX (ledger->units->len, 1));
  return row;
}

static void
add_use (YjLedgerRow *row,
         const YjUse *use,
         guint        place)
{
  if (use->unit != NULL)
    {
      row->amounts[place] += use->amount;
      row->counts[place] += use->n;
      return;
    }
  if (g_strcmp0 (use->mode, "chat") == 0)
    row->n_answers += use->n;
  else
    row->n_videos += use->n;
  row->n_silent += use->n_silent;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  return -g_strcmp0 (((const YjLedgerRow *) a)->key, ((const YjLedgerRow *) b)->key);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const YjLedgerRow *one = a, *other = b;
  gint64 difference = other->n_videos + other->n_answers - one->n_videos - one->n_answers;

  return difference != 0 ? (difference > 0 ? 1 : -1) : g_strcmp0 (one->key, other->key);
}

static const char *
get_key (const YjUse *use,
         YjLedgerBy   by)
{
  const char *key = by == YJ_LEDGER_BY_TIME ? use->when : by == YJ_LEDGER_BY_MODEL ? use->model : use->mode;

  return key != NULL ? key : "";
}

/**
 * yj_ledger_new:
 * @uses: (element-type YjUse): what was used, by day or month, see yj_library_list_uses_async()
 * @catalog: tells the providers
 * @by: what a row is for
 *
 * Returns: (transfer full): the table
 */
YjLedger *
yj_ledger_new (GPtrArray  *uses,
               YjCatalog  *catalog,
               YjLedgerBy  by)
{
  g_autoptr(GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  YjLedger *ledger = g_new0 (YjLedger, 1);

  ledger->units = g_ptr_array_new_with_free_func (unit_free);
  ledger->rows = g_ptr_array_new_with_free_func (row_free);
  list_units (ledger, uses, catalog);
  ledger->total = row_new (ledger, NULL);
  for (guint i = 0; i < uses->len; i++)
    {
      const YjUse *use = g_ptr_array_index (uses, i);
      const char *key = get_key (use, by);
      YjLedgerRow *row = g_hash_table_lookup (rows, key);
      guint place = 0;

      if (row == NULL)
        {
          row = row_new (ledger, key);
          g_ptr_array_add (ledger->rows, row);
          g_hash_table_insert (rows, row->key, row);
        }
      if (use->unit != NULL)
        {
          g_autofree char *provider = yj_ledger_dup_provider (catalog, use->mode, use->model_id, use->model);
          g_autofree char *id = yj_ledger_dup_unit_id (provider, use->unit);

          find_unit (ledger, id, &place);
        }
      add_use (row, use, place);
      add_use (ledger->total, use, place);
    }
  g_ptr_array_sort_values (ledger->rows, by == YJ_LEDGER_BY_TIME ? compare_times : compare_counts);

  return ledger;
}
