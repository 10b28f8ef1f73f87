using System.Text;
using Amazon.Runtime;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.S3;

/// <summary>What headers ask for and answer, tags, parts, attributes, and access control lists.</summary>
public sealed class S3CallsTests
{
    private const string Hello = "XUFAKrxLKna5cZ2REBfFkg==";

    [Theory]
    [InlineData("PUT", "x-amz-acl", "bucket-owner-full-control", 200, "")]
    [InlineData("PUT", "x-amz-acl", "public-read", 400, "AccessControlListNotSupported")]
    [InlineData("PUT", "x-amz-grant-read", "id=other", 400, "AccessControlListNotSupported")]
    [InlineData("PUT", "x-amz-storage-class", "COLD", 400, "InvalidStorageClass")]
    [InlineData("PUT", "x-amz-storage-class", "GLACIER", 501, "NotImplemented")]
    [InlineData("PUT", "x-amz-server-side-encryption", "aws:kms", 501, "NotImplemented")]
    [InlineData("PUT", "x-amz-server-side-encryption-aws-kms-key-id", "key", 501, "NotImplemented")]
    [InlineData("PUT", "Content-MD5", Hello, 200, "")]
    [InlineData("PUT", "Content-MD5", "hello", 400, "InvalidDigest")]
    [InlineData("PUT", "Content-MD5", "XUFAKrxLKna5cZ2REBfFkA==", 400, "BadDigest")]
    [InlineData("PUT", "x-amz-checksum-crc32", "NhCmhg==", 200, "")]
    [InlineData("PUT", "x-amz-checksum-crc32", "NhCm", 400, "InvalidRequest")]
    [InlineData("PUT", "x-amz-checksum-crc32", "AAAAAA==", 400, "BadDigest")]
    [InlineData("PUT", "x-amz-tagging", "a=1&a=2", 400, "InvalidTag")]
    public async Task Header_is_honoured_or_refused(string method, string header, string value, int status, string code)
    {
        await using var stack = await S3Stack.StartAsync();

        var answer = await CallAsync(stack, method, "/uploads/k", "hello", (header, value));

        Assert.Equal(status, answer.Status);
        if (code.Length > 0) Assert.Equal([code], answer.Texts("Code"));
        if (status == 501) Assert.Contains(header, answer.Texts("Message")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_written_is_told_by_head_object()
    {
        await using var stack = await S3Stack.StartAsync();

        var put = await CallAsync(stack, "PUT", "/uploads/k", "hello",
            ("x-amz-storage-class", "STANDARD_IA"), (
                "x-amz-server-side-encryption",
                "AES256"), ("x-amz-checksum-crc32", "NhCmhg=="), ("x-amz-tagging", "kind=csv&by=me"));
        var head = await CallAsync(stack, "HEAD", "/uploads/k", null, ("x-amz-checksum-mode", "ENABLED"));
        var list = await CallAsync(stack, "GET", "/uploads?list-type=2");

        Assert.Equal(
            ("AES256", "FULL_OBJECT", "NhCmhg=="),
            (
                put.Headers["x-amz-server-side-encryption"],
                put.Headers["x-amz-checksum-type"],
                put.Headers["x-amz-checksum-crc32"]));
        Assert.Equal(
            ("STANDARD_IA", "AES256", "2"),
            (
                head.Headers["x-amz-storage-class"],
                head.Headers["x-amz-server-side-encryption"],
                head.Headers["x-amz-tagging-count"]));
        Assert.Equal("FULL_OBJECT", head.Headers["x-amz-checksum-type"]);
        Assert.Equal(["STANDARD_IA"], list.Texts("StorageClass"));
    }

    [Theory]
    [InlineData("/uploads/k?versionId=x", 400, "InvalidArgument")]
    [InlineData("/uploads/k?versionId=", 400, "InvalidArgument")]
    [InlineData("/uploads/k?versionId=00000000000000000000000000000000", 404, "NoSuchVersion")]
    public async Task Version_id_that_is_none_is_not_a_version_that_is_gone(string path, int status, string code)
    {
        await using var stack = await S3Stack.StartAsync();

        var answer = await CallAsync(stack, "GET", path);

        Assert.Equal((status, code), (answer.Status, answer.Texts("Code")[0]));
    }

    [Theory]
    [InlineData("if-none-match", "*", 412)]
    [InlineData("if-none-match", "\"other\"", 200)]
    [InlineData("if-match", "\"other\"", 412)]
    [InlineData("if-modified-since", "Sat, 01 Jan 2050 00:00:00 GMT", 412)]
    [InlineData("if-modified-since", "Sat, 01 Jan 2000 00:00:00 GMT", 200)]
    [InlineData("if-unmodified-since", "Sat, 01 Jan 2000 00:00:00 GMT", 412)]
    [InlineData("if-unmodified-since", "Sat, 01 Jan 2050 00:00:00 GMT", 200)]
    public async Task Copy_is_made_if_its_source_is_as_it_must_be(string condition, string value, int status)
    {
        await using var stack = await S3Stack.StartAsync();
        await CallAsync(stack, "PUT", "/uploads/k", "hello");

        var answer = await CallAsync(
            stack,
            "PUT",
            "/plain/copy",
            "",
            ("x-amz-copy-source", "/uploads/k"),
            ($"x-amz-copy-source-{condition}", value));

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData(null, "ChecksumCRC32", "NhCmhg==")]
    [InlineData("SHA1", "ChecksumSHA1", "qvTGHdzF6KLavt4PO0gs2a6pQ00=")]
    public async Task Copy_says_its_checksum(string? algorithm, string element, string checksum)
    {
        await using var stack = await S3Stack.StartAsync();
        await CallAsync(
            stack,
            "PUT",
            "/uploads/k",
            "hello",
            ("x-amz-checksum-crc32", "NhCmhg=="),
            ("x-amz-storage-class", "STANDARD_IA"),
            ("x-amz-tagging", "a=1"));

        (string, string)[] headers =
        [
            ("x-amz-copy-source", "/uploads/k"),
            .. algorithm is null ? [] : new[] { ("x-amz-checksum-algorithm", algorithm) },
        ];
        var answer = await CallAsync(stack, "PUT", "/plain/copy", "", headers);
        var head = await CallAsync(stack, "HEAD", "/plain/copy");

        Assert.Equal([checksum], answer.Texts(element));
        Assert.Equal(["FULL_OBJECT"], answer.Texts("ChecksumType"));
        Assert.Equal(
            (false, "1"), (head.Headers.ContainsKey("x-amz-storage-class"), head.Headers["x-amz-tagging-count"]));
    }

    [Fact]
    public async Task Tags_are_put_read_and_deleted()
    {
        await using var stack = await S3Stack.StartAsync();
        await CallAsync(stack, "PUT", "/uploads/k", "hello");

        var put = await CallAsync(
            stack,
            "PUT",
            "/uploads/k?tagging",
            "<Tagging><TagSet><Tag><Key>kind</Key><Value>a b</Value></Tag></TagSet></Tagging>");
        var read = await CallAsync(stack, "GET", "/uploads/k?tagging");
        var deleted = await CallAsync(stack, "DELETE", "/uploads/k?tagging");

        Assert.Equal((200, 204), (put.Status, deleted.Status));
        Assert.Equal(["kind", "a b"], [.. read.Texts("Key"), .. read.Texts("Value")]);
        Assert.Empty((await CallAsync(stack, "GET", "/uploads/k?tagging")).Texts("Key"));
        Assert.Equal(404, (await CallAsync(stack, "GET", "/uploads/absent?tagging")).Status);
        Assert.Equal(400, (await CallAsync(stack, "PUT", "/uploads/k?tagging", "<Tagging/>")).Status);
    }

    [Fact]
    public async Task Part_and_attributes_of_a_multipart_object()
    {
        await using var stack = await S3Stack.StartAsync();
        var id = (await CallAsync(stack, "POST", "/uploads/k?uploads", "")).Texts("UploadId")[0];
        var large = new string('a', 5 * 1024 * 1024);
        var parts = new StringBuilder();
        foreach (var (number, content) in ((int, string)[])[(1, large), (2, "tail")])
        {
            var part = await CallAsync(stack, "PUT", $"/uploads/k?partNumber={number}&uploadId={id}", content);
            parts.Append($"<Part><PartNumber>{number}</PartNumber><ETag>{part.Headers["ETag"]}</ETag></Part>");
        }
        await CallAsync(
            stack, "POST", $"/uploads/k?uploadId={id}", $"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");

        var second = await CallAsync(stack, "GET", "/uploads/k?partNumber=2");
        var third = await CallAsync(stack, "GET", "/uploads/k?partNumber=3");
        var attributes = await CallAsync(
            stack,
            "GET",
            "/uploads/k?attributes",
            null,
            ("x-amz-object-attributes", "ETag,ObjectParts,ObjectSize,StorageClass,Checksum"));

        Assert.Equal((206, "tail", "2"), (second.Status, second.Body, second.Headers["x-amz-mp-parts-count"]));
        Assert.Equal($"bytes {large.Length}-{large.Length + 3}/{large.Length + 4}", second.Headers["Content-Range"]);
        Assert.Equal((416, "InvalidPartNumber"), (third.Status, third.Texts("Code")[0]));
        Assert.Equal(
            ("2", $"{large.Length + 4}", "STANDARD"),
            (
                attributes.Texts("PartsCount")[0],
                attributes.Texts("ObjectSize")[0],
                attributes.Texts("StorageClass")[0]));
        Assert.Equal(second.Headers["ETag"].Trim('"'), attributes.Texts("ETag")[0]);
        Assert.Empty(attributes.Texts("Checksum"));
        Assert.Equal(
            400,
            (
                await CallAsync(stack, "GET", "/uploads/k?attributes", null,
                    ("x-amz-object-attributes", "Colour"))).Status);
    }

    [Theory]
    [InlineData("/uploads/incoming/k?tagging", 403)]
    [InlineData("/uploads/incoming/k?acl", 403)]
    [InlineData("/uploads/incoming/k?partNumber=1", 206)]
    [InlineData("/uploads?policy", 403)]
    public async Task Role_reads_what_it_was_granted(string path, int status)
    {
        await using var stack = await S3Stack.StartAsync();
        await CallAsync(stack, "PUT", "/uploads/incoming/k", "hello");

        Assert.Equal(status, (await CallAsync(stack, stack.As("Reader"), "GET", path, null)).Status);
    }

    [Fact]
    public async Task Access_control_list_is_the_owners_and_stays_so()
    {
        await using var stack = await S3Stack.StartAsync();
        await CallAsync(stack, "PUT", "/uploads/k", "hello");

        Assert.Equal(["FULL_CONTROL"], (await CallAsync(stack, "GET", "/uploads/k?acl")).Texts("Permission"));
        Assert.Equal(
            ["AccessControlListNotSupported"],
            (await CallAsync(stack, "PUT", "/uploads/k?acl", "", ("x-amz-acl", "public-read"))).Texts("Code"));
        Assert.Equal(404, (await CallAsync(stack, "GET", "/uploads/absent?acl")).Status);
    }

    private static Task<SignedCall.Answer> CallAsync(
        EmulatedStack stack,
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers) =>
        CallAsync(stack, null, method, path, body, headers);

    private static Task<SignedCall.Answer> CallAsync(
        EmulatedStack stack, AWSCredentials? caller, string method, string path, string? body, params (
            string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(stack.Host.Endpoint, path));
        if (body is not null) request.Content = new StringContent(body);
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }

        return stack.SendAsync("s3", request, caller);
    }
}
