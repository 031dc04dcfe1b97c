// SPDX-License-Identifier: Apache-2.0
#include "job/known_stores.hpp"

#include <array>

#include "job/suggest.hpp"

namespace sluice::job {
namespace {

struct Entry {
  std::string_view name;
  std::string_view title;
  std::string_view advice;
};

constexpr std::string_view by_odbc = "use `odbc` with the driver of the store, or a file";
constexpr std::string_view by_postgresql = "use `postgresql`, whose protocol it speaks";
constexpr std::string_view by_mysql = "use `mysql`, whose protocol it speaks";
constexpr std::string_view by_file = "use `file` on an export of it";
constexpr std::string_view by_mount = "use `file` on a mounted or synchronised directory";

constexpr std::array entries{
    Entry{"odps", "MaxCompute (ODPS)", by_file},
    Entry{"maxcompute", "MaxCompute", by_file},
    Entry{"hologres", "Hologres", by_postgresql},
    Entry{"holo", "Hologres", by_postgresql},
    Entry{"greenplum", "Greenplum", by_postgresql},
    Entry{"redshift", "Redshift", by_postgresql},
    Entry{"kingbasees", "KingbaseES", by_postgresql},
    Entry{"opengauss", "openGauss", by_postgresql},
    Entry{"adbpg", "AnalyticDB for PostgreSQL", by_postgresql},
    Entry{"analyticdb_for_postgresql", "AnalyticDB for PostgreSQL", by_postgresql},
    Entry{"postgresql", "PostgreSQL", {}},
    Entry{"mysql", "MySQL", {}},
    Entry{"mariadb", "MariaDB", by_mysql},
    Entry{"polardb", "PolarDB", by_mysql},
    Entry{"drds", "PolarDB-X (DRDS)", by_mysql},
    Entry{"tidb", "TiDB", by_mysql},
    Entry{"ads", "AnalyticDB for MySQL", by_mysql},
    Entry{"adb", "AnalyticDB for MySQL", by_mysql},
    Entry{"analyticdb_for_mysql", "AnalyticDB for MySQL", by_mysql},
    Entry{"apsaradb_for_oceanbase", "OceanBase", by_mysql},
    Entry{"oceanbase", "OceanBase", by_mysql},
    Entry{"doris", "Apache Doris", by_mysql},
    Entry{"starrocks", "StarRocks", by_mysql},
    Entry{"selectdb", "SelectDB", by_mysql},
    Entry{"oracle", "Oracle", by_odbc},
    Entry{"sqlserver", "SQL Server", by_odbc},
    Entry{"db2", "Db2", by_odbc},
    Entry{"dm", "DM (Dameng)", by_odbc},
    Entry{"rdbms", "a database through JDBC", by_odbc},
    Entry{"saphana", "SAP HANA", by_odbc},
    Entry{"vertica", "Vertica", by_odbc},
    Entry{"teradata", "Teradata", by_odbc},
    Entry{"gbase8a", "GBase 8a", by_odbc},
    Entry{"snowflake", "Snowflake", by_odbc},
    Entry{"bigquery", "BigQuery", by_odbc},
    Entry{"databricks", "Databricks", by_odbc},
    Entry{"hive", "Hive", by_odbc},
    Entry{"impala", "Impala", by_odbc},
    Entry{"presto", "Presto", by_odbc},
    Entry{"clickhouse", "ClickHouse", by_odbc},
    Entry{"odbc", "ODBC", {}},
    Entry{"hdfs", "HDFS", by_mount},
    Entry{"oss", "OSS", by_mount},
    Entry{"s3", "Amazon S3", by_mount},
    Entry{"amazon_s3", "Amazon S3", by_mount},
    Entry{"cosn", "COS", by_mount},
    Entry{"tos", "TOS", by_mount},
    Entry{"azureblob", "Azure Blob Storage", by_mount},
    Entry{"ftp", "FTP", by_mount},
    Entry{"sftp", "SFTP", by_mount},
    Entry{"httpfile", "files over HTTP", by_mount},
    Entry{"txtfile", "local text files", "use `file`"},
    Entry{"localfile", "local files", "use `file`"},
    Entry{"kafka", "Kafka", {}},
    Entry{"datahub", "DataHub", {}},
    Entry{"loghub", "Simple Log Service (LogHub)", {}},
    Entry{"sls", "Simple Log Service", {}},
    Entry{"metaq", "RocketMQ", {}},
    Entry{"redis", "Redis", {}},
    Entry{"ocs", "Memcache (OCS)", {}},
    Entry{"mongodb", "MongoDB", by_file},
    Entry{"elasticsearch", "Elasticsearch", by_file},
    Entry{"opensearch", "OpenSearch", by_file},
    Entry{"milvus", "Milvus", {}},
    Entry{"ots", "Tablestore (OTS)", by_file},
    Entry{"otsstream", "Tablestore streams", {}},
    Entry{"hbase", "HBase", by_file},
    Entry{"hbase11x", "HBase", by_file},
    Entry{"hbase20xsql", "HBase through Phoenix", by_odbc},
    Entry{"phoenix", "Phoenix", by_odbc},
    Entry{"lindorm", "Lindorm", by_mysql},
    Entry{"kudu", "Kudu", by_odbc},
    Entry{"hudi", "Hudi", by_file},
    Entry{"paimon", "Paimon", by_file},
    Entry{"iceberg", "Iceberg", by_file},
    Entry{"cassandra", "Cassandra", by_file},
    Entry{"gdb", "Graph Database", {}},
    Entry{"neo4j", "Neo4j", {}},
    Entry{"tsdb", "TSDB", {}},
    Entry{"opentsdb", "OpenTSDB", {}},
    Entry{"influxdb", "InfluxDB", {}},
    Entry{"tdengine", "TDengine", {}},
    Entry{"restapi", "a REST API", "use `file` on what it answers"},
    Entry{"salesforce", "Salesforce", by_file},
};

}  // namespace

std::optional<KnownStore> known_store(std::string_view step_type) {
  for (const Entry& entry : entries) {
    if (equal_without_case(entry.name, step_type))
      return KnownStore{std::string(entry.title), std::string(entry.advice)};
  }
  return {};
}

}  // namespace sluice::job
