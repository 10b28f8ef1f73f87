using Jobs.Worker.Csv;

namespace Jobs.Worker;

/// <summary>
/// Reads an uploaded CSV of any size once, in bounded memory, and says what is in it: its columns, their types, and
/// their statistics. It may be compressed with gzip. A file that is not a proper table is refused with the place and
/// the remedy.
/// </summary>
[Job(Cpu = 512, MemoryMiB = 1024, TimeoutMinutes = 30, MaxConcurrent = 20)]
[OnUpload("incoming/", Suffix = ".csv")]
[OnUpload("incoming/", Suffix = ".csv.gz")]
public sealed class CsvImport : IJob<Upload, CsvSummary>
{
    private const int RowsBetweenReports = 8_192;

    public async Task<CsvSummary> RunAsync(Upload upload, JobContext job, CancellationToken stop)
    {
        var content = await job.OpenAsync(upload, stop);
        using var source = new CsvSource(content);
        using var table = await CsvTable.OpenAsync(source, stop);
        var columns = ColumnProfile.For(table.Header, table.Separator);
        while (await table.ReadAsync(stop))
        {
            for (var i = 0; i < columns.Length; i++) columns[i].Add(table.Field(i));
            if (table.Rows % RowsBetweenReports == 0) Report(job, upload, source, table, stop);
        }

        return Summarize(source, table, columns);
    }

    private static void Report(JobContext job, Upload upload, CsvSource source, CsvTable table, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        job.Progress(upload.Size > 0 ? (double)source.BytesRead / upload.Size : null, $"{table.Rows:N0} rows");
    }

    private static CsvSummary Summarize(CsvSource source, CsvTable table, ColumnProfile[] columns)
    {
        if (table.Rows == 0)
        {
            throw new JobFailedException(
                $"The file has a header ({columns.Length} columns) but no rows. Upload it again with its data.");
        }

        return new CsvSummary(
            table.Rows,
            source.BytesRead,
            table.Header.Count,
            CsvTable.NameOf(table.Separator),
            table.Encoding,
            [.. columns.Take(CsvSummary.MaxColumns).Select(column => column.ToSummary())])
        {
            BlankRows = table.BlankRows,
            Compression = table.Compression,
        };
    }
}
