using System.Net;
using System.Text;
using Amazon.Runtime;
using Jobs.Cli.Account;
using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;

namespace Jobs.Tests.Unit.Cli;

/// <summary>The calls as they are on the wire, against answers as AWS documents them.</summary>
public sealed class AwsRegistryTests
{
    private static readonly WorkerImageBuild Image = new(
        "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme/workers:Acme.Worker-0a1b2c", "asset", "linux/amd64", null);

    private readonly List<(HttpRequestMessage Request, string Body)> _calls = [];

    [Fact]
    public async Task Image_is_asked_for_in_its_own_account_and_region()
    {
        Assert.True(await Registry("""{"imageDetails":[{"imageDigest":"sha256:1"}]}""").HasAsync(Image, default));

        var (request, body) = Assert.Single(_calls);
        Assert.Equal("https://api.ecr.eu-west-1.amazonaws.com/", request.RequestUri!.ToString());
        Assert.Equal(
            "AmazonEC2ContainerRegistry_V20150921.DescribeImages",
            Assert.Single(request.Headers.GetValues("X-Amz-Target")));
        Assert.Contains(
            "/eu-west-1/ecr/", Assert.Single(request.Headers.GetValues("Authorization")), StringComparison.Ordinal);
        Assert.Equal(
            """{"registryId":"111122223333","repositoryName":"acme/workers","imageIds":[{"imageTag":"Acme.Worker-0a1b2c"}]}""",
            body);
    }

    [Fact]
    public async Task Image_that_is_not_there_is_no_error_and_a_refusal_is_one()
    {
        Assert.False(await Refusing("ImageNotFoundException").HasAsync(Image, default));
        await Assert.ThrowsAsync<AmazonServiceException>(
            () => Refusing("RepositoryNotFoundException").HasAsync(Image, default));
        Assert.Null(await Refusing("ScanNotFoundException").ScanAsync(Image, default));
    }

    [Fact]
    public async Task Password_is_the_second_half_of_the_token()
    {
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes("AWS:ey:Jw"));

        Assert.Equal(
            "ey:Jw",
            await Registry($$"""{"authorizationData":[{"authorizationToken":"{{token}}"}]}""").PasswordAsync(Image, default));
    }

    [Fact]
    public async Task Findings_are_those_of_all_pages_by_either_scanner()
    {
        var scan = await Registry(
            """
            {"imageScanStatus":{"status":"ACTIVE","description":"Continuous scan is selected for image."},
             "imageScanFindings":{"findings":[{"name":"CVE-2026-1","severity":"HIGH","attributes":[
               {"key":"package_version","value":"1.2"},{"key":"package_name","value":"zlib"}]}]},
             "nextToken":"more"}
            """,
            """
            {"imageScanStatus":{"status":"ACTIVE"},
             "imageScanFindings":{"enhancedFindings":[{"findingArn":"arn","severity":"CRITICAL","title":"CVE-2026-2 - a",
               "packageVulnerabilityDetails":{"vulnerabilityId":"CVE-2026-2","vulnerablePackages":[
                 {"name":"openssl","version":"3.0"}]}}]}}
            """).ScanAsync(Image, default);

        Assert.Equal("ACTIVE", scan!.Status);
        Assert.Equal(
            [new("CVE-2026-1", "HIGH", "zlib 1.2"), new ImageFinding("CVE-2026-2", "CRITICAL", "openssl 3.0")],
            scan.Findings);
        Assert.EndsWith("\"nextToken\":\"more\"}", _calls[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tag_is_put_on_the_manifest_that_is_there()
    {
        await Registry(
            """{"images":[{"imageManifest":"{}","imageManifestMediaType":"application/vnd.oci.image.manifest.v1+json"}]}""",
            "{}").TagAsync(Image, "production-Acme.Worker-0a1b2c", default);

        Assert.Equal(
            """{"registryId":"111122223333","repositoryName":"acme/workers","imageManifest":"{}","imageManifestMediaType":"application/vnd.oci.image.manifest.v1\u002Bjson","imageTag":"production-Acme.Worker-0a1b2c"}""",
            _calls[1].Body);
    }

    [Fact]
    public async Task Image_that_is_gone_cannot_be_tagged()
    {
        var refused = await Assert.ThrowsAsync<AmazonServiceException>(
            () => Registry("""{"images":[],"failures":[{}]}""").TagAsync(Image, "production-1", default));

        Assert.Equal("ImageNotFoundException", refused.ErrorCode);
    }

    private AwsRegistry Registry(params string[] answers)
    {
        var left = new Queue<string>(answers);
        return Registry(() => (HttpStatusCode.OK, left.Dequeue()));
    }

    private AwsRegistry Refusing(string code) =>
        Registry(() => (HttpStatusCode.BadRequest, $$"""{"__type":"{{code}}","message":"No."}"""));

    private AwsRegistry Registry(Func<(HttpStatusCode, string)> answer) => new(
        new Target(null, "eu-central-1", null, IsAssumed: false, ""),
        target => new SignedCalls(
            target,
            new SignedHttp(
                new Answers(_calls, answer),
                () => Task.FromResult(new ImmutableCredentials("AKID", "secret", null)),
                new ManualClock())));

    private sealed class Answers(
        List<(HttpRequestMessage, string)> calls, Func<(HttpStatusCode Code, string Body)> answer)
        : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            calls.Add((request, await request.Content!.ReadAsStringAsync(cancellationToken)));
            var (code, body) = answer();
            return new HttpResponseMessage(code) { Content = new StringContent(body) };
        }
    }
}
