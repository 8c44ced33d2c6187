/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used in some time, as a table: a row for each day, model or mode, a column for each figure that replies told. */
#pragma once

#include "yj-catalog.h"
#include "yj-use.h"

G_BEGIN_DECLS

typedef enum
{
  YJ_LEDGER_BY_TIME,            /* newest first */
  YJ_LEDGER_BY_MODEL,           /* the most used first */
  YJ_LEDGER_BY_MODE,            /* the same */
} YjLedgerBy;

/* Figures of one name and one provider; those of two are never added up. */
typedef struct
{
  char   *id;                   /* "Vidu/credits", the same in every language */
  char   *provider;             /* its name by the catalogue; of one that it does not have, the model's name; NULL: chat */
  char   *name;                 /* the platform's own: "credits" */
  gint64  n;                    /* uses that told it */
} YjLedgerUnit;

typedef struct
{
  char    *key;                 /* "2026-10-07", "2026-10", a model's name, "t2v"; NULL: all together */
  gint64   n_videos;
  gint64   n_answers;
  gint64   n_silent;            /* of both, those of which no figure was told */
  double  *amounts;             /* one for each unit */
  gint64  *counts;              /* the same: how many told it */
} YjLedgerRow;

typedef struct
{
  GPtrArray   *units;           /* of YjLedgerUnit, the one that was told most often first; those of chat last */
  GPtrArray   *rows;            /* of YjLedgerRow */
  YjLedgerRow *total;
} YjLedger;

YjLedger *yj_ledger_new         (GPtrArray  *uses,      /* of YjUse, by day or month */
                                 YjCatalog  *catalog,
                                 YjLedgerBy  by);
void      yj_ledger_free        (YjLedger   *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjLedger, yj_ledger_free)

/* "Vidu" in every language, or NULL for chat. */
char     *yj_ledger_dup_provider (YjCatalog  *catalog,
                                 const char *mode,
                                 const char *model_id,
                                 const char *model);
/* What it is called in the person's. */
char     *yj_ledger_dup_provider_name (YjCatalog  *catalog,
                                 const char *provider);
char     *yj_ledger_dup_unit_id (const char *provider,
                                 const char *name);

/* Names of the columns, in the order of the file, translated by who asks. */
#define YJ_LEDGER_CSV_COLUMNS 8
/* Of single uses. RFC 4180, in UTF-8 with a mark of that, so that spreadsheets read it; what would be a formula is none. */
GBytes   *yj_ledger_write_csv   (GPtrArray  *uses,
                                 YjCatalog  *catalog,
                                 const char * const *names);

G_END_DECLS
