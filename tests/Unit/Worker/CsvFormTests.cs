using System.IO.Compression;
using System.Text;
using Jobs.Worker;
using Jobs.Worker.Csv;

namespace Jobs.Tests.Unit.Worker;

/// <summary>The same table, compressed, encoded and written in the ways that programs have.</summary>
public sealed class CsvFormTests
{
    private const string Key = "incoming/a.csv";

    private readonly JobTestEnvironment _env = new();

    [Theory]
    [InlineData("r,g,b\n255,255,255\n,,\n,,\n1,2,3\n,,\n,,\n", 2, 4)]
    [InlineData("r,g,b\n1,2,3\n ,\t,\n\"\",\"\",\"\"\n   \n", 1, 3)]
    [InlineData("r\n1\n\"\"\n  \n", 1, 2)]
    [InlineData("r;g\n1;2\n;\n", 1, 1)]
    [InlineData("r,g\n1,2\n\"\"\"\",\n", 2, 0)]
    public async Task Rows_without_a_value_are_counted_apart(string csv, int rows, int blank)
    {
        var summary = await ImportAsync(csv);
        Assert.Equal((rows, blank, 0), (summary.Rows, summary.BlankRows, summary.Columns[0].Empty));
    }

    [Theory]
    [InlineData("r,g,b\n,,\n,,\n")]
    [InlineData("r\n\"\"\n")]
    public async Task File_of_blank_rows_is_refused_as_one_without_rows(string csv)
    {
        var refused = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync(csv));
        Assert.EndsWith("but no rows. Upload it again with its data.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\uFEFF\uFEFFid,name\n1,x\n")]
    [InlineData("\uFEFFid,name\n1,x\n\uFEFF2,y\n")]
    [InlineData("\uFEFFid,name\r1,x\r\uFEFF2,y")]
    [InlineData("\uFEFF\"id\",\"name\"\n\"1\",x\n\uFEFF\uFEFF\"2\",y\n\uFEFF")]
    public async Task Byte_order_marks_where_a_line_begins_are_no_text(string csv)
    {
        foreach (
            var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            var id = (await ImportAsync(encoding.GetBytes(csv))).Columns[0];
            Assert.Equal(("id", ColumnType.Integer), (id.Name, id.Type));
        }
    }

    [Fact]
    public async Task Byte_order_marks_are_found_wherever_a_read_ends()
    {
        for (var rows = 21_830; rows < 21_850; rows++)
        {
            var csv = "a\n" + string.Concat(Enumerable.Repeat("1\n\n", rows)) + "\uFEFF2\n\uFEFF\uFEFF3\n";
            var summary = await ImportAsync(csv);
            Assert.Equal((ColumnType.Integer, rows + 2), (summary.Columns[0].Type, summary.Rows));
        }
    }

    [Fact]
    public async Task Mark_inside_a_line_is_text() =>
        Assert.Equal("x\uFEFFy", (await ImportAsync("a\nx\uFEFFy\n")).Columns[0].Top![0].Value);

    [Fact]
    public async Task Gzip_is_read_by_content_one_member_after_the_other()
    {
        byte[] csv = [.. Gzip("a,b\n1,"), .. Gzip("2\n3,4\n"), .. Gzip("")];
        var summary = await ImportAsync(csv);

        Assert.Equal(
            (2, 4, "gzip", (long)csv.Length),
            (summary.Rows, summary.Columns[1].Numbers!.Max, summary.Compression, summary.Bytes));
        Assert.Null((await ImportAsync("a\n1\n")).Compression);
    }

    [Fact]
    public async Task Gzip_is_read_in_little_memory()
    {
        var row = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1234567,x\n", 10_000)));
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("a,b\n"u8);
            for (var i = 0; i < 100; i++) gzip.Write(row);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var summary = await ImportAsync(file.ToArray());

        Assert.Equal(1_000_000, summary.Rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public async Task Text_in_gzip_has_its_encoding_and_its_faults()
    {
        Assert.Equal(
            "UTF-16 LE",
            (
                await ImportAsync(Gzip([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode
                    .GetBytes("a\n1\n")]))).Encoding);
        await AssertRefusedAsync(Gzip(""), "The file is empty.");
        await AssertRefusedAsync(Gzip("a,b\n1\n"), "Line 2: the row has 1 fields");
    }

    [Fact]
    public async Task Damaged_gzip_is_refused_with_the_remedy()
    {
        var whole = Gzip("a,b\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{i},{i * i}\n")));
        for (var length = 2; length < whole.Length; length += 97)
        {
            await AssertRefusedAsync(whole[..length], "The file is compressed with gzip, and is damaged or cut off.");
        }

        byte[] damaged = [.. whole];
        damaged[^6] ^= 0xFF;
        await AssertRefusedAsync(damaged, "The file is compressed with gzip, and is damaged or cut off.");
        await AssertRefusedAsync(Gzip(whole), "The file is compressed with gzip twice.");
    }

    [Theory]
    [InlineData("504B030414000000", "ZIP")]
    [InlineData("28B52FFD2408", "Zstandard")]
    [InlineData("425A6839314159265359", "bzip2")]
    [InlineData("FD377A585A00", "XZ")]
    [InlineData("377ABCAF271C", "7z")]
    [InlineData("04224D18", "LZ4")]
    [InlineData("1F9D90", "compress")]
    [InlineData("789C4B", "zlib")]
    public Task Other_compressions_are_named_in_the_refusal(string bytes, string name) =>
        AssertRefusedAsync(
            Convert.FromHexString(bytes),
            $"The file is compressed with {name}, which is not read here. Upload the CSV as it is, or");

    [Fact]
    public async Task Spreadsheet_is_told_from_other_zip_files()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create)) zip.CreateEntry("[Content_Types].xml");
        await AssertRefusedAsync(file.ToArray(), "The file is a spreadsheet. Export the table as 'CSV UTF-8'");
    }

    [Fact]
    public async Task Header_that_begins_like_a_signature_is_a_header() =>
        Assert.Equal("BZh9", (await ImportAsync("BZh9,PK\n1,2\n")).Columns[0].Name);

    [Theory]
    [InlineData("utf-16", "0A", "Line 3, column 1: what is here is no character of UTF-16 LE")]
    [InlineData("utf-16", "00D8", "Line 3, column 1: what is here is no character of UTF-16 LE")]
    [InlineData("utf-16", "00DC3100", "Line 3, column 1: what is here is no character of UTF-16 LE")]
    [InlineData("utf-16BE", "D8000031", "Line 3, column 1: what is here is no character of UTF-16 BE")]
    [InlineData("utf-16BE", "00", "Line 3, column 1: what is here is no character of UTF-16 BE")]
    [InlineData("utf-32", "310000", "Line 3, column 1: what is here is no character of UTF-32 LE")]
    [InlineData("utf-32", "00001100", "Line 3, column 1: what is here is no character of UTF-32 LE")]
    [InlineData("utf-32BE", "0000D800", "Line 3, column 1: what is here is no character of UTF-32 BE")]
    public Task Damaged_text_of_wide_characters_is_refused_at_its_place(string name, string damage, string message)
    {
        var encoding = Encoding.GetEncoding(name);
        return AssertRefusedAsync(
            [.. encoding.GetPreamble(), .. encoding.GetBytes("a,b\n1,2\n"), .. Convert.FromHexString(damage)], message);
    }

    [Theory]
    [InlineData("2026-01-31T10:00:00.123456789Z", "2026-01-31T10:00:00.1234567Z")]
    [InlineData("2026-01-31 10:00:00.123456789", "2026-01-31T10:00:00.1234567Z")]
    [InlineData("2026-01-31T10:00:00.12345678+02:00", "2026-01-31T08:00:00.1234567Z")]
    [InlineData("2026-01-31T10:00:00.1Z", "2026-01-31T10:00:00.1Z")]
    [InlineData("2026-01-31 10:00:00.5+00", "2026-01-31T10:00:00.5Z")]
    [InlineData("2026-01-31 10:00:00-0330", "2026-01-31T13:30:00Z")]
    [InlineData("2026-01-31t10:00z", "2026-01-31T10:00:00Z")]
    public async Task Time_has_up_to_nine_digits_of_fraction(string written, string read)
    {
        var column = (await ImportAsync($"t\n{written}\n")).Columns[0];
        Assert.Equal((ColumnType.DateTime, new InstantSummary(read, read)), (column.Type, column.Instants));
    }

    [Theory]
    [InlineData("2026-01-31T10:00:00.1234567891Z")]
    [InlineData("2026-01-31T10:00:00.Z")]
    [InlineData("2026-01-31T10:00:60Z")]
    [InlineData("2026-01-31T24:00:00Z")]
    [InlineData("2026-01-31T1:00:00Z")]
    [InlineData("2026-01-31T10:00:00+14:01")]
    [InlineData("2026-01-31T10:00:00+2")]
    [InlineData("2026-01-31T10:00:00 UTC")]
    [InlineData("2026-01-31T")]
    [InlineData("2026-01-31T10:00:00.1Zx")]
    [InlineData("2026-13-31T10:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public async Task What_is_no_time_is_text(string written) =>
        Assert.Equal(ColumnType.Text, (await ImportAsync($"t\n{written}\n")).Columns[0].Type);

    [Theory]
    [InlineData("\"sep=;\"\r\nid;price\r\n1;1,50\r\n", "semicolon")]
    [InlineData("sep=;\nid;price\n1;1,50\n", "semicolon")]
    [InlineData("\uFEFF\"SEP=;\"\r\nid;price\r\n1;1,50\r\n", "semicolon")]
    [InlineData("sep=^\r\nid^price\r\n1^1.5\r\n", "^")]
    [InlineData("\"sep=\t\"\rid\tprice\r1\t1.5\r", "tab")]
    [InlineData("\"sep=,\"\nid,price\n1,1.5\n", "comma")]
    public async Task Separator_that_the_file_names_is_used_and_said(string csv, string separator)
    {
        foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
        {
            var summary = await ImportAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(csv)]);
            Assert.Equal(
                (separator, 1, "id", 1.5),
                (summary.Separator, summary.Rows, summary.Columns[0].Name, summary.Columns[1].Numbers!.Min));
        }
    }

    [Fact]
    public async Task Lines_are_counted_with_the_one_that_names_the_separator()
    {
        await AssertRefusedAsync(
            "\"sep=;\"\na;b\n1\n"u8.ToArray(),
            "Line 3: the row has 1 fields, but the header has 2; it ends at line 3, column 2");
        await AssertRefusedAsync("\"sep=;\"\n"u8.ToArray(), "The file is empty.");
    }

    private static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    private static byte[] Gzip(byte[] content)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal)) gzip.Write(content);
        return file.ToArray();
    }

    private async Task AssertRefusedAsync(byte[] csv, string message)
    {
        var refused = await Assert.ThrowsAsync<JobFailedException>(() => ImportAsync(csv));
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Matches("(Upload|Give|Rename|Add|Close|Write|Put|Export|Save|Compress) [^.]+\\.$", refused.Message);
    }

    private Task<CsvSummary> ImportAsync(string csv) => ImportAsync(Encoding.UTF8.GetBytes(csv));

    private Task<CsvSummary> ImportAsync(byte[] csv)
    {
        _env.Objects[Key] = csv;
        return _env.RunAsync(new CsvImport(), _env.Upload(Key));
    }
}
