namespace RoutingGrid.Journal.Tests.Contract;

public sealed class MemoryAppends() : AppendContract(new MemoryStore());

public sealed class MemoryConcurrency() : ConcurrencyContract(new MemoryStore());

public sealed class MemoryCaseLists() : CaseListContract(new MemoryStore());

public sealed class MemoryReads() : ReadModelContract(new MemoryStore());

public sealed class MemoryDocumentStore() : DocumentContract(new MemoryStore());

public sealed class SqliteAppends() : AppendContract(new SqliteStore());

public sealed class SqliteConcurrency() : ConcurrencyContract(new SqliteStore());

public sealed class SqliteCaseLists() : CaseListContract(new SqliteStore());

public sealed class SqliteReads() : ReadModelContract(new SqliteStore());

public sealed class SqliteDocumentStore() : DocumentContract(new SqliteStore());

public sealed class SqliteArchive() : ArchiveContract(new SqliteStore());

public sealed class PostgresAppends() : AppendContract(new PostgresStore());

public sealed class PostgresConcurrency() : ConcurrencyContract(new PostgresStore());

public sealed class PostgresCaseLists() : CaseListContract(new PostgresStore());

public sealed class PostgresReads() : ReadModelContract(new PostgresStore());

public sealed class PostgresDocumentStore() : DocumentContract(new PostgresStore());

public sealed class PostgresArchive() : ArchiveContract(new PostgresStore());

public sealed class LonePostgresAppends() : AppendContract(new LonePostgresStore());

public sealed class LonePostgresConcurrency() : ConcurrencyContract(new LonePostgresStore());

public sealed class LonePostgresCaseLists() : CaseListContract(new LonePostgresStore());

public sealed class LonePostgresReads() : ReadModelContract(new LonePostgresStore());

public sealed class LonePostgresArchive() : ArchiveContract(new LonePostgresStore());
