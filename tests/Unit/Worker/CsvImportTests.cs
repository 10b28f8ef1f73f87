using System.Text;
using System.Text.Json;
using Jobs.Worker;
using Jobs.Worker.Csv;

namespace Jobs.Tests.Unit.Worker;

public sealed class CsvImportTests
{
    private const string Key = "incoming/a.csv";

    private readonly JobTestEnvironment _env = new();

    [Fact]
    public async Task Real_file_of_the_world_bank_is_described()
    {
        var summary = await ImportAsync(Samples.Read("gdp.csv"));

        Assert.Equal(
            (13_979, 576_746, 4, "comma", "UTF-8"),
            (summary.Rows, summary.Bytes, summary.ColumnCount, summary.Separator, summary.Encoding));
        Assert.Equal(["Country Name", "Country Code", "Year", "Value"], summary.Columns.Select(column => column.Name));
        Assert.Equal(
            [ColumnType.Text, ColumnType.Text, ColumnType.Integer, ColumnType.Decimal],
            summary.Columns.Select(column => column.Type));
        Assert.All(summary.Columns, column => Assert.Equal((13_979, 0), (column.Values, column.Empty)));
        var (year, value) = (summary.Columns[2], summary.Columns[3]);
        Assert.Equal((1960, "64"), (year.Numbers!.Min, year.Distinct));
        Assert.Equal("more than 1000", value.Distinct);
        Assert.Equal(1207379525661.7576, value.Numbers!.Mean!.Value, tolerance: 1);
        Assert.Equal(5537517274228.241, value.Numbers.StandardDeviation!.Value, tolerance: 1_000);
    }

    [Fact]
    public async Task Sample_with_an_error_in_the_middle_is_refused_with_its_place_and_remedy()
    {
        var refused = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync(Samples.Read("broken.csv")));

        Assert.Equal(
            "Line 7700: the row has 5 fields, but the header has 4; the first one too many begins at line 7700, " +
            "column 27. "
            + "Add or remove fields, or put values that contain the separator ',' into quotes.",
            refused.Message);
    }

    [Fact]
    public async Task Numbers_have_min_max_mean_and_deviation()
    {
        var column = await ColumnAsync("n\n2\n4\n\n4\n4\n5\n5\n7\n9\n");

        Assert.Equal(new ColumnSummary("n", ColumnType.Integer, 8, 0, "5"), column with { Numbers = null, Top = null });
        Assert.Equal((2, 9, 5), (column.Numbers!.Min, column.Numbers.Max, column.Numbers.Mean!.Value));
        Assert.Equal(Math.Sqrt(32.0 / 7), column.Numbers.StandardDeviation!.Value, precision: 12);
        Assert.Equal([new ValueCount("4", 3), new("5", 2), new("2", 1), new("7", 1), new("9", 1)], column.Top!);
    }

    [Theory]
    [InlineData("1 -2 0", ColumnType.Integer)]
    [InlineData("1 2.5 3", ColumnType.Decimal)]
    [InlineData("-.5 1e3", ColumnType.Decimal)]
    [InlineData("1 x", ColumnType.Text)]
    [InlineData("007 008", ColumnType.Text)]
    [InlineData("+4912 +4913", ColumnType.Text)]
    [InlineData("1234567890123456789 1", ColumnType.Text)]
    [InlineData("NaN 1", ColumnType.Text)]
    [InlineData("1.5 Infinity", ColumnType.Text)]
    [InlineData("1.5 -∞", ColumnType.Text)]
    [InlineData("1.5 1e999", ColumnType.Text)]
    [InlineData("\"1,234\" \"2,345,678\"", ColumnType.Text)]
    [InlineData("1'234 2'345", ColumnType.Text)]
    [InlineData("0.5 00.5", ColumnType.Text)]
    [InlineData("-0 -1", ColumnType.Integer)]
    [InlineData("-01 -02", ColumnType.Text)]
    [InlineData("- --1", ColumnType.Text)]
    [InlineData(". -.", ColumnType.Text)]
    [InlineData("31.01.2026 01.02.2026", ColumnType.Text)]
    [InlineData("01/31/2026 02/01/2026", ColumnType.Text)]
    [InlineData("2026-01-31 31.01.2026", ColumnType.Text)]
    [InlineData("20260131 20260201", ColumnType.Integer)]
    [InlineData("0001-01-01 9999-12-31", ColumnType.Date)]
    [InlineData("9999-12-31T23:59:59-14:00 0001-01-01T00:00:00+14:00", ColumnType.Text)]
    [InlineData("true FALSE", ColumnType.Boolean)]
    [InlineData("true 1", ColumnType.Text)]
    [InlineData("2026-01-31 2025-12-01", ColumnType.Date)]
    [InlineData("2026-01-31 2026-01-31T13:45:00Z", ColumnType.DateTime)]
    [InlineData("2026-01-31T13:45 2026-01-31T13:45:00.25+02:00", ColumnType.DateTime)]
    [InlineData("2026-02-30 2026-01-31", ColumnType.Text)]
    [InlineData("1 2026-01-31", ColumnType.Text)]
    public async Task Type_is_the_narrowest_that_all_values_have(string values, ColumnType type) =>
        Assert.Equal(type, (await ColumnAsync("c\n" + values.Replace(' ', '\n'))).Type);

    [Fact]
    public async Task Dates_and_texts_have_their_range()
    {
        Assert.Equal(
            new InstantSummary("2025-12-01", "2026-01-31"),
            (await ColumnAsync("c\n2026-01-31\n2025-12-01\n")).Instants);
        Assert.Equal(
            new InstantSummary("2026-01-31T11:45:00.25Z", "2026-01-31T12:00:00Z"),
            (await ColumnAsync("c\n2026-01-31T13:45:00.25+02:00\n2026-01-31 12:00\n")).Instants);
        Assert.Equal(new LengthSummary(1, 4), (await ColumnAsync("c\nx\nüöä€\n12\n")).Lengths);
    }

    [Fact]
    public async Task Empty_and_blank_values_are_counted_apart()
    {
        var summary = await ImportAsync("a,b,c\n1,,x\n 2 ,  ,x\n,,x\n"u8.ToArray());

        Assert.Equal(
            (ColumnType.Integer, 2, 1), (summary.Columns[0].Type, summary.Columns[0].Values, summary.Columns[0].Empty));
        Assert.Equal(
            (ColumnType.Empty, 0, 3, "0"),
            (
                summary.Columns[1].Type,
                summary.Columns[1].Values,
                summary.Columns[1].Empty,
                summary.Columns[1].Distinct));
    }

    [Theory]
    [InlineData("a;b\n1,5;x\n2,5;y\n", "semicolon")]
    [InlineData("a\tb\n1.5\tx,y,z\n", "tab")]
    [InlineData("a|b\n1.5|x,y\n", "pipe")]
    [InlineData("a,b\n1.5,\"x;y;z\"\n", "comma")]
    public async Task Separator_is_found_and_a_decimal_comma_goes_with_semicolons(string csv, string separator)
    {
        var summary = await ImportAsync(Encoding.UTF8.GetBytes(csv));
        Assert.Equal(
            (separator, 2, ColumnType.Decimal, 1.5),
            (summary.Separator, summary.ColumnCount, summary.Columns[0].Type, summary.Columns[0].Numbers!.Min));
    }

    [Theory]
    [InlineData("utf-8", "UTF-8 with BOM")]
    [InlineData("utf-16", "UTF-16 LE")]
    [InlineData("utf-16BE", "UTF-16 BE")]
    public async Task Byte_order_mark_decides_the_encoding(string name, string said)
    {
        var encoding = Encoding.GetEncoding(name);
        var summary = await ImportAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\n1,ü\n")]);
        Assert.Equal(
            (said, "größe", "ü"), (summary.Encoding, summary.Columns[0].Name, summary.Columns[1].Top![0].Value));
    }

    [Fact]
    public async Task Quoted_values_may_hold_separators_line_breaks_and_quotes()
    {
        var summary = await ImportAsync("a,b\r\n\"x\r\ny, \"\"z\"\"\",2\r\n"u8.ToArray());
        Assert.Equal((1, "x\r\ny, \"z\""), (summary.Rows, summary.Columns[0].Top![0].Value));
    }

    [Theory]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("a,b\n1,2\r\n3,4\r")]
    [InlineData("a,b\r\n1,2\n3,4")]
    [InlineData("\n\na,b\n\n1,2\n\r\n3,4\n\n")]
    public async Task Line_ends_may_be_of_any_kind_and_mixed(string csv)
    {
        var summary = await ImportAsync(Encoding.UTF8.GetBytes(csv));
        Assert.Equal(
            (2, "b", 2, 4),
            (summary.Rows, summary.Columns[1].Name, summary.Columns[1].Numbers!.Min, summary.Columns[1].Numbers!.Max));
    }

    [Theory]
    [InlineData("a\n1e308\n-1e308\n1.5\n")]
    [InlineData("a\n1e300\n-1e300\n")]
    [InlineData("a\n1.7976931348623157E308\n1.7976931348623157E308\n")]
    public async Task Statistics_that_no_double_holds_are_left_out_and_the_result_can_be_written(string csv)
    {
        var summary = await ImportAsync(Encoding.UTF8.GetBytes(csv));
        Assert.True(
            summary.Columns[0].Numbers is { StandardDeviation: null } or
            {
                Mean: double.MaxValue,
                StandardDeviation: 0
            });
        Assert.Contains("\"Max\":1", JsonSerializer.Serialize(summary), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("\n\n", "The file is empty.")]
    [InlineData("a,b\n", "The file has a header (2 columns) but no rows.")]
    [InlineData(",,,,\n", "Line 1: column 1 of the header has no name.")]
    [InlineData("a,b\r\n1,2\r\n3\r\n",
        "Line 3: the row has 1 fields, but the header has 2; it ends at line 3, column 2 without 'b'.")]
    [InlineData("a,b\r1,2\r3\r", "Line 3: the row has 1 fields, but the header has 2; it ends at line 3, column 2 without 'b'.")]
    [InlineData("a,b\r\n\"x\r\ny\",2\r\n3,4,5\r\n",
        "Line 4: the row has 3 fields, but the header has 2; the first one too many begins at line 4, column 5.")]
    [InlineData("a,b\n1,2\n,,,,\n",
        "Line 3: the row has 5 fields, but the header has 2; the first one too many begins at line 3, column 3.")]
    [InlineData("a,,c\n1,2,3\n", "Line 1: column 2 of the header has no name.")]
    [InlineData("a,b, a\n1,2,3\n", "Line 1: the header has the name 'a' more than once, for the columns 1 and 3.")]
    [InlineData("a,b\n1,2\n3\n", "Line 3: the row has 1 fields, but the header has 2; it ends at line 3, column 2 without 'b'.")]
    [InlineData("a,b\n\"x\ny\",2\n3,4,5\n",
        "Line 4: the row has 3 fields, but the header has 2; the first one too many begins at line 4, column 5.")]
    [InlineData("a,b\n1,\"x\n2,3\n", "Line 2, column 3: a quote opens here and is never closed.")]
    [InlineData("a,b\n1,x\"y\n", "Line 2, column 4: there is a quote inside a value that does not begin with one.")]
    [InlineData("a,b\n\"1\n2\",\"x\"y\n", "Line 3, column 7: there is text after a closing quote.")]
    [InlineData("a,b\n1,x\0y\n", "Line 2, column 4: the file has binary content, so it is not a CSV.")]
    public async Task Malformed_file_is_refused_with_line_column_and_remedy(string csv, string message)
    {
        var refused = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync(Encoding.UTF8.GetBytes(csv)));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Matches("(Upload|Give|Rename|Add|Close|Write|Put|Export|Save) [^.]+\\.$", refused.Message);
    }

    [Fact]
    public async Task Text_of_windows_1252_is_refused_by_its_byte()
    {
        var refused = await Assert.ThrowsAsync<JobFailedException>(
            () => ImportAsync([.. "a,b\n1,x\n2,Z"u8, 0xFC, .. "rich\n"u8]));
        Assert.Equal("Line 3, column 4: byte 0xFC is not UTF-8. Save the file as 'CSV UTF-8'.", refused.Message);
    }

    [Fact]
    public async Task Quote_that_swallows_a_large_file_is_refused_within_bounded_memory()
    {
        var csv = "a,b\n1,2\n3,\"" + string.Concat(Enumerable.Repeat("x,y\n", 1_000_000));
        var refused = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync(Encoding.UTF8.GetBytes(csv)));
        Assert.StartsWith(
            "Line 3: the row that begins here is longer than 1,024 KB; probably a quote",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wide_table_is_described_in_its_first_columns()
    {
        var names = Enumerable.Range(1, 3_000).Select(i => $"c{i}");
        var summary = await ImportAsync(
            Encoding.UTF8.GetBytes($"{string.Join(',', names)}\n{string.Join(',', names)}\n"));
        Assert.Equal((3_000, 50), (summary.ColumnCount, summary.Columns.Count));
    }

    [Theory]
    [InlineData("x")]
    [InlineData(",")]
    public async Task Line_of_100_MB_is_refused_after_its_first_megabyte(string text)
    {
        var csv = new byte[100_000_000];
        csv.AsSpan().Fill((byte)text[0]);
        "a,b\n"u8.CopyTo(csv);

        var refused = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync(csv));

        Assert.StartsWith(
            "Line 2: the row that begins here is longer than 1,024 KB", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Table_of_ten_thousand_columns_fits_and_all_its_rows_are_checked()
    {
        var header = string.Join(',', Enumerable.Range(1, 10_000).Select(i => $"c{i}"));
        var rows = string.Concat(
            Enumerable.Range(1, 20).Select(row => string.Join(',', Enumerable.Repeat($"value {row}", 10_000)) + "\n"));
        var summary = await ImportAsync(Encoding.UTF8.GetBytes($"{header}\n{rows}"));
        Assert.Equal((20, 10_000, "more than 10"), (summary.Rows, summary.ColumnCount, summary.Columns[0].Distinct));

        var refused = await Assert.ThrowsAsync<JobFailedException>(
            () => ImportAsync(Encoding.UTF8.GetBytes($"{header}\n{rows}1,2\n")));
        Assert.StartsWith(
            "Line 22: the row has 2 fields, but the header has 10000; it ends at line 22, column 4 without 'c3'.",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Utf16_without_a_byte_order_mark_is_refused_with_the_remedy(string name)
    {
        var refused = await Assert.ThrowsAsync<JobFailedException>(
            () => ImportAsync(Encoding.GetEncoding(name).GetBytes("a,b\n1,2\n")));
        Assert.Contains("Export the table as 'CSV UTF-8'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n\"1\n2\",x\n3,\"y\"\"z\"\n")]
    [InlineData("ä;b\r\n1,5;\"x\r\ny\"\r\n2,5;z\r\n")]
    [InlineData("a\tb|c,d\n1\t2\n")]
    public async Task Damaged_file_ends_in_a_summary_or_in_a_refusal_and_nothing_else(string csv)
    {
        var whole = Encoding.UTF8.GetBytes(csv);
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var odd in (byte[])[0, (byte)'"', (byte)',', (byte)'\n', (byte)'\r', 0x80, 0xFF])
            {
                byte[] damaged = [.. whole];
                damaged[at] = odd;
                await AssertSummaryOrRefusalAsync(damaged);
            }

            await AssertSummaryOrRefusalAsync(whole[..at]);
        }
    }

    [Fact]
    public async Task Progress_grows_with_the_bytes_and_an_interruption_ends_it()
    {
        _env.InterruptAt(0.5);
        var csv = "a\n" + string.Concat(Enumerable.Repeat("12345678\n", 100_000));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImportAsync(Encoding.UTF8.GetBytes(csv)));

        var fractions = _env.Progress.Select(progress => progress.Fraction!.Value).ToList();
        Assert.Equal(fractions.Order(), fractions);
        Assert.InRange(fractions[^1], 0.5, 0.7);
        Assert.Equal("8,192 rows", _env.Progress.First().Message);
    }

    [Fact]
    public async Task Long_value_is_cut_between_characters_so_that_the_result_can_be_written()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 50));
        var column = await ColumnAsync($"c\nx{emoji}\n{emoji}\n");

        Assert.All(column.Top!, value => Assert.EndsWith("😀…", value.Value, StringComparison.Ordinal));
        Assert.Contains(column.Top!, value => value.Value.Length == 80);
        Assert.DoesNotContain("\\uFFFD", JsonSerializer.Serialize(column), StringComparison.Ordinal);
    }

    private async Task AssertSummaryOrRefusalAsync(byte[] csv)
    {
        var thrown = await Record.ExceptionAsync(() => ImportAsync(csv));
        Assert.True(thrown is null or JobFailedException, $"{Convert.ToHexString(csv)}: {thrown}");
    }

    private async Task<ColumnSummary> ColumnAsync(string csv) =>
        (await ImportAsync(Encoding.UTF8.GetBytes(csv))).Columns[0];

    private Task<CsvSummary> ImportAsync(byte[] csv)
    {
        _env.Objects[Key] = csv;
        return _env.RunAsync(new CsvImport(), _env.Upload(Key));
    }
}
