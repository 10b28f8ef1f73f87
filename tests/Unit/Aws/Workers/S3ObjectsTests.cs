using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Jobs.Aws.Workers;
using Jobs.Core.Objects;
using Jobs.Core.Workers;
using Lapstack.Tests.Stacks;

namespace Jobs.Tests.Unit.Aws.Workers;

public sealed class S3ObjectsTests
{
    private const int PartSize = 8 * 1_024 * 1_024;

    private const string Key = "incoming/a b+c%20ü.csv";

    private static readonly byte[] Content = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{i:D4}\n")));

#pragma warning disable CA5351 // S3's ETag of a plain object is its MD5; nothing is secured by it.
    private static readonly string ETag = $"\"{Convert.ToHexStringLower(MD5.HashData(Content))}\"";
#pragma warning restore CA5351

    [Fact]
    public async Task Read_names_the_version_and_the_key_as_it_is()
    {
        using var aws = new FakeAws(call => Serve(call, breakAt: null));
        using var stream = await OpenAsync(aws, "v1", "etag");

        Assert.Equal(Content, await ReadAllAsync(stream));
        Assert.Equal("/runner/incoming/a%20b%2Bc%2520%C3%BC.csv?versionId=v1", aws.Calls.Single().Path);
        Assert.False(aws.Calls.Single().Headers.ContainsKey("If-Match"));
    }

    [Fact]
    public async Task Read_without_version_holds_only_while_the_etag_does()
    {
        using var aws = new FakeAws(_ => FakeAws.S3Error(HttpStatusCode.PreconditionFailed, "PreconditionFailed"));
        await Assert.ThrowsAsync<ObjectChangedException>(() => OpenAsync(aws, null, "abc"));
        Assert.Contains("abc", aws.Calls.Single().Headers["If-Match"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_asks_for_the_next_page_when_it_is_wanted()
    {
        const string page =
            "<ListBucketResult><IsTruncated>{0}</IsTruncated><NextContinuationToken>{1}</NextContinuationToken>" +
            "<Contents><Key>{2}</Key><Size>5</Size><LastModified>2026-01-05T08:00:00.000Z</LastModified></Contents></ListBucketResult>";
        using var aws = new FakeAws(call => FakeAws.Answer(
            HttpStatusCode.OK,
            call.Path.Contains("continuation-token=more", StringComparison.Ordinal)
                ? string.Format(CultureInfo.InvariantCulture, page, "false", "", "a/2")
                : string.Format(CultureInfo.InvariantCulture, page, "true", "more", "a/1"),
            "application/xml"));
        using var s3 = aws.S3();
        await using var listing = new S3Objects(s3, TimeProvider.System)
            .ListAsync("runner", "a/", default)
            .GetAsyncEnumerator();

        Assert.True(await listing.MoveNextAsync());
        Assert.Equal(
            new ListedObject("a/1", 5, new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)), listing.Current);
        Assert.Contains("prefix=a%2F", Assert.Single(aws.Calls).Path, StringComparison.Ordinal);
        Assert.True(await listing.MoveNextAsync());
        Assert.Equal("a/2", listing.Current.Key);
        Assert.False(await listing.MoveNextAsync());
        Assert.Equal(2, aws.Calls.Count);
    }

    [Fact]
    public async Task Listing_asks_for_encoded_keys_and_gives_them_as_they_are()
    {
        const string page = """
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType><Prefix>a+b/</Prefix><IsTruncated>{0}</IsTruncated>
            <NextContinuationToken>{1}</NextContinuationToken><Contents><Key>{2}</Key><Size>5</Size></Contents></ListBucketResult>
            """;
        using var aws = new FakeAws(call => FakeAws.Answer(
            HttpStatusCode.OK,
            call.Path.Contains("continuation-token=1%2B%252F%3D", StringComparison.Ordinal)
                ? string.Format(CultureInfo.InvariantCulture, page, "false", "", "a+b/%F0%9F%98%80%01%EF%BF%BF")
                : string.Format(CultureInfo.InvariantCulture, page, "true", "1+%2F=", "a+b/c%2Bd%2541%28*%7E"),
            "application/xml"));
        using var s3 = aws.S3();

        var keys = await new S3Objects(s3, TimeProvider.System).ListAsync("runner", "a b/", default)
            .Select(listed => listed.Key)
            .ToListAsync();

        Assert.Equal(["a b/c+d%41(*~", "a b/😀\u0001\uffff"], keys);
        Assert.All(aws.Calls, call => Assert.Contains("encoding-type=url", call.Path, StringComparison.Ordinal));
        Assert.All(aws.Calls, call => Assert.Contains("prefix=a%20b%2F", call.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_key_that_S3_takes_is_listed_as_it_is()
    {
        await using var stack = await S3Stack.StartAsync();
        using var s3 = stack.Client();
        foreach (var key in OddKeys.All)
        {
            await s3.PutObjectAsync(new() { BucketName = "uploads", Key = key, ContentBody = "1" });
        }

        var keys = await new S3Objects(s3, TimeProvider.System).ListAsync("uploads", OddKeys.Prefix, default)
            .Select(listed => listed.Key)
            .ToListAsync();

        Assert.Equal(OddKeys.All.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Listing_without_the_grant_says_how_to_get_it()
    {
        using var aws = new FakeAws(_ => FakeAws.S3Error(HttpStatusCode.Forbidden, "AccessDenied"));
        using var s3 = aws.S3();
        await using var listing = new S3Objects(s3, TimeProvider.System)
            .ListAsync("runner", "a/", default)
            .GetAsyncEnumerator();

        var refused = await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await listing.MoveNextAsync());

        Assert.Contains("[Lists] or [Reads]", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "NoSuchKey", typeof(ObjectGoneException))]
    [InlineData(HttpStatusCode.NotFound, "NoSuchVersion", typeof(ObjectGoneException))]
    [InlineData(HttpStatusCode.MethodNotAllowed, "MethodNotAllowed", typeof(ObjectGoneException))]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", typeof(UnauthorizedAccessException))]
    [InlineData(HttpStatusCode.NotFound, "NoSuchBucket", typeof(Amazon.S3.AmazonS3Exception))]
    public async Task Errors_have_our_names(HttpStatusCode status, string code, Type type)
    {
        using var aws = new FakeAws(_ => FakeAws.S3Error(status, code));
        Assert.IsAssignableFrom(type, await Record.ExceptionAsync(() => OpenAsync(aws, "v1", null)));
    }

    [Fact]
    public async Task Broken_connection_is_resumed_where_it_was_in_the_same_version()
    {
        using var aws = new FakeAws(call => Serve(call, breakAt: 4_000));
        using var stream = await OpenAsync(aws, null, null);

        Assert.Equal(Content, await ReadAllAsync(stream));

        Assert.Equal(3, aws.Calls.Count);
        Assert.All(aws.Calls.Skip(1), call => Assert.Contains("versionId=v7", call.Path, StringComparison.Ordinal));
        Assert.Equal(
            ["bytes=4000-", "bytes=8000-"], aws.Calls.Skip(1).Select(call => call.Headers["Range"].Split(',')[0]));
    }

    [Fact]
    public async Task Connection_that_breaks_without_a_byte_is_given_up_after_five_times()
    {
        using var aws = new FakeAws(call => Serve(call, breakAt: 0));
        using var stream = await OpenAsync(aws, null, null);
        await Assert.ThrowsAsync<AwsUnavailableException>(() => ReadAllAsync(stream));
        Assert.Equal(5, aws.Calls.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SlowDown")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    public async Task Worker_asks_again_while_s3_does_not_answer(HttpStatusCode status, string code)
    {
        var clock = new ManualClock();
        var until = clock.GetUtcNow() + TimeSpan.FromSeconds(60);
        var parts = new List<byte[]>();
        using var aws = new FakeAws(call =>
        {
            if (clock.GetUtcNow() < until) return FakeAws.S3Error(status, code);
            if (call.Method == "PUT") parts.Add(call.Body);
            return call.Method == "GET" ? Serve(call, breakAt: null) : Ok("");
        });
        var objects = new S3Objects(aws.S3(), clock, new AwsPatience(clock));

        using var stream = await DriveAsync(
            clock, objects.OpenAsync("runner", Key, "v1", null, CancellationToken.None));
        Assert.Equal(Content, await ReadAllAsync(stream));
        until = clock.GetUtcNow() + TimeSpan.FromSeconds(60);
        await DriveAsync(clock, WriteAsync(objects, new MemoryStream(Content)));
        Assert.Contains(
            Encoding.ASCII.GetString(Content),
            Encoding.ASCII.GetString(Assert.Single(parts)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_in_parts_is_asked_again_part_by_part_from_a_stream_that_is_read_once()
    {
        var clock = new ManualClock();
        var until = clock.GetUtcNow() + TimeSpan.FromSeconds(30);
        var parts = new List<int>();
        using var aws = new FakeAws(call =>
        {
            if (clock.GetUtcNow() < until) return FakeAws.S3Error(HttpStatusCode.ServiceUnavailable, "SlowDown");
            until = clock.GetUtcNow() + TimeSpan.FromSeconds(30);
            if (call.Method == "PUT") parts.Add(call.Body.Length);
            return AnswerUpload(call);
        });
        var content = new byte[PartSize + 5];

        await DriveAsync(
            clock, WriteAsync(new S3Objects(aws.S3(), clock, new AwsPatience(clock)), new MemoryStream(content)));

        Assert.DoesNotContain(aws.Calls, call => call.Method == "DELETE");
        Assert.True(aws.Calls.Count > 8, $"{aws.Calls.Count} calls.");
        Assert.Equal(2, parts.Count);
        Assert.InRange(parts[0], PartSize, PartSize * 2);
        Assert.InRange(parts[1], 5, PartSize);
    }

    [Fact]
    public async Task Worker_gives_s3_up_in_the_end_and_says_so()
    {
        var clock = new ManualClock();
        using var aws = new FakeAws(_ => FakeAws.S3Error(HttpStatusCode.ServiceUnavailable, "SlowDown"));
        var objects = new S3Objects(aws.S3(), clock, new AwsPatience(clock));

        var opening = await Assert.ThrowsAsync<AwsUnavailableException>(
            () => DriveAsync(clock, objects.OpenAsync("runner", Key, "v1", null, CancellationToken.None)));
        await Assert.ThrowsAsync<AwsUnavailableException>(
            () => DriveAsync(clock, WriteAsync(objects, new MemoryStream(Content))));
        await Assert.ThrowsAsync<AwsUnavailableException>(
            () => DriveAsync(clock, WriteAsync(objects, new MemoryStream(new byte[PartSize + 5]))));

        Assert.StartsWith($"s3://runner/{Key} could not be read: ", opening.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_jobs_own_stream_throws_is_the_jobs()
    {
        var clock = new ManualClock();
        using var aws = new FakeAws(AnswerUpload);
        using var broken = new BrokenStream();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => WriteAsync(new S3Objects(aws.S3(), clock, new AwsPatience(clock)), broken));
    }

    [Fact]
    public async Task Small_object_is_one_put()
    {
        using var aws = new FakeAws(_ => Ok(""));
        await new S3Objects(aws.S3(), TimeProvider.System).WriteAsync(
            "runner", "out.txt", new MemoryStream("hello"u8.ToArray()), "text/plain", CancellationToken.None);

        var call = Assert.Single(aws.Calls);
        Assert.Equal(("PUT", "/runner/out.txt"), (call.Method, call.Path));
        Assert.Contains("hello", Encoding.ASCII.GetString(call.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_stream_of_unknown_length_goes_in_parts()
    {
        using var aws = new FakeAws(AnswerUpload);
        using var content = new Endless((2 * PartSize) + 5);
        await new S3Objects(aws.S3(), TimeProvider.System).WriteAsync(
            "runner", "out.bin", content, "text/plain", CancellationToken.None);

        Assert.Equal(["POST ?uploads", "PUT 1", "PUT 2", "PUT 3", "POST ?uploadId"], aws.Calls.Select(Name));
    }

    [Fact]
    public async Task Parts_of_a_failed_upload_are_removed()
    {
        using var aws = new FakeAws(
            call =>
                Name(call) == "PUT 2" ? FakeAws.S3Error(HttpStatusCode.Forbidden, "AccessDenied") : AnswerUpload(call));
        using var content = new Endless(3 * PartSize);
        await Assert.ThrowsAsync<Amazon.S3.AmazonS3Exception>(
            () =>
                new S3Objects(aws.S3(), TimeProvider.System).WriteAsync(
                    "runner", "out.bin", content, null, CancellationToken.None));

        Assert.Equal(["POST ?uploads", "PUT 1", "PUT 2", "DELETE ?uploadId"], aws.Calls.Select(Name));
    }

    private static string Name(FakeAws.Call call)
    {
        var query = call.Path[(call.Path.IndexOf('?', StringComparison.Ordinal) + 1)..];
        var part = query.Split('&').FirstOrDefault(pair => pair.StartsWith("partNumber=", StringComparison.Ordinal));
        return part is not null
            ? $"{call.Method} {part["partNumber=".Length..]}"
            : $"{call.Method} ?{query.Split('=')[0]}";
    }

    private static HttpResponseMessage AnswerUpload(FakeAws.Call call)
    {
        var answer = Ok(Name(call) switch
        {
            "POST ?uploads" => "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>",
            "POST ?uploadId" => "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>",
            _ => "",
        });
        answer.Headers.TryAddWithoutValidation("ETag", "\"e\"");
        return answer;
    }

    private static HttpResponseMessage Ok(string xml) => FakeAws.Answer(HttpStatusCode.OK, xml, "application/xml");

    private static Task<Stream> OpenAsync(FakeAws aws, string? version, string? eTag) =>
        new S3Objects(aws.S3(), TimeProvider.System).OpenAsync("runner", Key, version, eTag, CancellationToken.None);

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>
    /// Serves the object from where the request asks; the connection breaks after some bytes when told to.
    /// </summary>
    private static HttpResponseMessage Serve(FakeAws.Call call, int? breakAt)
    {
        var from = call.Headers.TryGetValue("Range", out var range)
            ? int.Parse(range.Split('=', '-')[1], CultureInfo.InvariantCulture)
            : 0;
        var rest = Content.AsMemory(from);
        var answer = new HttpResponseMessage(from == 0 ? HttpStatusCode.OK : HttpStatusCode.PartialContent)
        {
            Content = new StreamContent(new Breaking(rest.ToArray(), breakAt ?? int.MaxValue)),
        };
        answer.Content.Headers.ContentLength = rest.Length;
        answer.Headers.TryAddWithoutValidation("ETag", ETag);
        answer.Headers.TryAddWithoutValidation("x-amz-version-id", "v7");
        return answer;
    }

    private sealed class Breaking(byte[] content, int breakAt) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position >= breakAt) throw new IOException("The connection was reset.");
            return base.Read(buffer, offset, (int)Math.Min(count, breakAt - Position));
        }

        public override Task<int> ReadAsync(
            byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var bytes = new byte[buffer.Length];
            var read = Read(bytes, 0, bytes.Length);
            bytes.AsMemory(0, read).CopyTo(buffer);
            return ValueTask.FromResult(read);
        }
    }

    /// <summary>A stream that does not know its length.</summary>
    private sealed class Endless(long length) : MemoryStream
    {
        private long _left = length;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = (int)Math.Min(_left, Math.Min(buffer.Length, 100_000));
            _left -= read;
            return ValueTask.FromResult(read);
        }
    }

    private static async Task<bool> WriteAsync(S3Objects objects, Stream content)
    {
        await objects.WriteAsync("runner", "out.bin", content, null, CancellationToken.None);
        return true;
    }

    private static async Task<T> DriveAsync<T>(ManualClock clock, Task<T> running)
    {
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return running.IsCompleted;
        });
        return await running;
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new HttpRequestException("theirs");
    }
}
