using System.Globalization;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Jobs.Aws;
using Jobs.Cli.Account;
using Jobs.Cli.Stacks;

namespace Jobs.Tests.Unit.Cli;

/// <summary>The calls as they are on the wire, against answers as AWS documents them.</summary>
public sealed class AwsAccountTests
{
    private readonly List<(HttpRequestMessage Request, string Body)> _calls = [];

    /// <summary>
    /// AWS's own example of a signature: https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html
    /// </summary>
    [Fact]
    public void Signature_is_that_of_the_documented_example()
    {
        const string url = "https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers";
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation(
            "Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

        SigV4.Sign(
            request, [], new ImmutableCredentials(
                "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), "us-east-1", "iam",
            DateTimeOffset.Parse("2015-08-30T12:36:00Z", CultureInfo.InvariantCulture));

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, " +
            "SignedHeaders=content-type;host;x-amz-date, " +
            "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            Assert.Single(request.Headers.GetValues("Authorization")));
    }

    [Fact]
    public async Task Session_sends_its_token_and_signs_it()
    {
        using var account = Account(
            (HttpStatusCode.OK, """{"Parameter":{"Value":"21"}}"""),
            credentials: new SessionAWSCredentials("AKID", "secret", "token"));

        await account.ParameterAsync("/a", default);

        Assert.Equal("token", Assert.Single(_calls[0].Request.Headers.GetValues("X-Amz-Security-Token")));
        Assert.Contains(
            "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,", Assert.Single(
                _calls[0].Request.Headers.GetValues("Authorization")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eu-central-1", "https://iam.amazonaws.com/", "/us-east-1/iam/")]
    [InlineData("cn-northwest-1", "https://iam.cn-north-1.amazonaws.com.cn/", "/cn-north-1/iam/")]
    [InlineData("us-gov-east-1", "https://iam.us-gov.amazonaws.com/", "/us-gov-west-1/iam/")]
    public async Task Role_is_asked_for_in_the_one_place_of_the_partition(string region, string url, string scope)
    {
        const string Role = """
            <GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><RoleName>AWSServiceRoleForECS</RoleName></Role></GetRoleResult></GetRoleResponse>
            """;
        using var account = Account((HttpStatusCode.OK, Role), region);

        Assert.True(await account.HasRoleAsync("AWSServiceRoleForECS", default));

        var (request, body) = Assert.Single(_calls);
        Assert.Equal((HttpMethod.Post, url), (request.Method, request.RequestUri!.ToString()));
        Assert.Equal("Action=GetRole&RoleName=AWSServiceRoleForECS&Version=2010-05-08", body);
        Assert.Contains(scope, Assert.Single(request.Headers.GetValues("Authorization")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_that_is_not_there_is_no_error_and_a_refusal_is_one()
    {
        using var without = Account(
            (
                HttpStatusCode.NotFound,
                IamError("NoSuchEntity", "The role with name AWSServiceRoleForECS cannot be found.")));
        Assert.False(await without.HasRoleAsync("AWSServiceRoleForECS", default));

        using var denied = Account(
            (
                HttpStatusCode.Forbidden,
                IamError("AccessDenied", "User: ada is not authorized to perform: iam:GetRole")));
        var refused = await Assert.ThrowsAsync<AmazonServiceException>(
            () => denied.HasRoleAsync("AWSServiceRoleForECS", default));
        Assert.Equal(
            ("AccessDenied", "User: ada is not authorized to perform: iam:GetRole"),
            (refused.ErrorCode, refused.Message));
    }

    [Fact]
    public async Task Role_is_made_and_one_that_is_there_already_is_no_error()
    {
        using var account = Account(
            (
                HttpStatusCode.BadRequest,
                IamError(
                    "InvalidInput",
                    "Service role name AWSServiceRoleForECS has been taken in this account, please try a different " +
                    "suffix.")));

        await account.CreateServiceLinkedRoleAsync("ecs.amazonaws.com", default);

        Assert.Equal(
            "Action=CreateServiceLinkedRole&AWSServiceName=ecs.amazonaws.com&Version=2010-05-08",
            Assert.Single(_calls).Body);
        using var other = Account((HttpStatusCode.BadRequest, IamError("InvalidInput", "Service name is not valid.")));
        await Assert.ThrowsAsync<AmazonServiceException>(
            () => other.CreateServiceLinkedRoleAsync("esc.amazonaws.com", default));
    }

    [Fact]
    public async Task Quota_is_the_account_s_own_or_else_the_default()
    {
        using var own = Account(
            (
                HttpStatusCode.OK,
                """{"Quota":{"ServiceCode":"fargate","QuotaCode":"L-3032A538","Value":6.0,"Unit":"None"}}"""));
        Assert.Equal(6, await own.QuotaAsync("fargate", "L-3032A538", default));
        var (request, body) = Assert.Single(_calls);
        Assert.Equal(
            ("https://servicequotas.eu-central-1.amazonaws.com/", "ServiceQuotasV20190624.GetServiceQuota"),
            (request.RequestUri!.ToString(), request.Headers.GetValues("X-Amz-Target").Single()));
        Assert.Equal("""{"ServiceCode":"fargate","QuotaCode":"L-3032A538"}""", body);
        Assert.Equal("application/x-amz-json-1.1", request.Content!.Headers.ContentType!.ToString());

        using var none = Account(
            request =>
                request.Headers.GetValues("X-Amz-Target")
                    .Single()
                    .EndsWith(".GetAWSDefaultServiceQuota", StringComparison.Ordinal)
            ? (HttpStatusCode.OK, """{"Quota":{"Value":140.5}}""")
            : (HttpStatusCode.BadRequest, """{"__type":"NoSuchResourceException","Message":"None."}"""));
        Assert.Equal(140.5, await none.QuotaAsync("fargate", "L-3032A538", default));
    }

    [Fact]
    public async Task Parts_that_were_given_are_asked_for_as_AWS_documents()
    {
        using var cluster = Account((
            HttpStatusCode.OK,
            """{"clusters":[{"clusterName":"shared","capacityProviders":["FARGATE"]}],"failures":[]}"""));
        using var noCluster = Account((
            HttpStatusCode.OK, """{"clusters":[],"failures":[{"arn":"arn","reason":"MISSING"}]}"""));
        using var topic = Account((HttpStatusCode.OK, """
            <GetTopicAttributesResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><GetTopicAttributesResult><Attributes>
            <entry><key>Owner</key><value>123456789012</value></entry>
            <entry><key>Policy</key><value>{&quot;Version&quot;:&quot;2012-10-17&quot;}</value></entry>
            </Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>
            """));
        using var key = Account((HttpStatusCode.OK, """{"Policy":"{}","PolicyName":"default"}"""));

        Assert.Equal(["FARGATE"], await cluster.CapacityProvidersAsync("shared", default));
        Assert.Null(await noCluster.CapacityProvidersAsync("shared", default));
        Assert.Equal("""{"Version":"2012-10-17"}""", await topic.TopicPolicyAsync("arn:ops", default));
        Assert.Equal("{}", await key.KeyPolicyAsync("arn:key", default));

        Assert.Equal(
            [
                """{"clusters":["shared"]}""", """{"clusters":["shared"]}""",
                "Action=GetTopicAttributes&TopicArn=arn%3Aops&Version=2010-03-31",
                """{"KeyId":"arn:key","PolicyName":"default"}""",
            ],
            _calls.Select(call => call.Body));
        Assert.Equal(
            [
                "AmazonEC2ContainerServiceV20141113.DescribeClusters",
                "AmazonEC2ContainerServiceV20141113.DescribeClusters", "TrentService.GetKeyPolicy",
            ],
            _calls.Where(call => call.Request.Headers.Contains("X-Amz-Target"))
                .Select(call => call.Request.Headers.GetValues("X-Amz-Target").Single()));
        Assert.Equal("sns.eu-central-1.amazonaws.com", _calls[2].Request.RequestUri!.Host);
    }

    [Fact]
    public async Task Concurrency_is_what_no_function_has_reserved()
    {
        using var account = Account(
            (
                HttpStatusCode.OK,
                """{"AccountLimit":{"ConcurrentExecutions":1000,"UnreservedConcurrentExecutions":900},"AccountUsage":{"FunctionCount":3}}"""));

        Assert.Equal(900, await account.FunctionConcurrencyAsync(default));

        var (request, body) = Assert.Single(_calls);
        Assert.Equal(
            (HttpMethod.Get, "https://lambda.eu-central-1.amazonaws.com/2016-08-19/account-settings/", ""),
            (request.Method, request.RequestUri!.ToString(), body));
    }

    [Fact]
    public async Task Error_of_a_REST_service_is_named_in_its_header()
    {
        using var account = Account(
            (HttpStatusCode.Forbidden, """{"Message":"Not authorized to perform: lambda:GetAccountSettings"}"""),
            header: "AccessDeniedException:http://internal.amazon.com/");

        var refused = await Assert.ThrowsAsync<AmazonServiceException>(() => account.FunctionConcurrencyAsync(default));

        Assert.Equal(
            ("AccessDeniedException", "Not authorized to perform: lambda:GetAccountSettings"),
            (refused.ErrorCode, refused.Message));
    }

    [Fact]
    public async Task Parameter_that_is_not_there_is_null()
    {
        using var account =
            Account((HttpStatusCode.BadRequest, """{"__type":"com.amazonaws.ssm#ParameterNotFound"}"""));

        Assert.Null(await account.ParameterAsync("/cdk-bootstrap/hnb659fds/version", default));

        Assert.Equal("""{"Name":"/cdk-bootstrap/hnb659fds/version"}""", Assert.Single(_calls).Body);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"AccountLimit":null}""")]
    [InlineData("""{"AccountLimit":{"UnreservedConcurrentExecutions":"many"}}""")]
    public async Task Answer_that_is_not_the_documented_one_is_an_error(string answer)
    {
        using var account = Account((HttpStatusCode.OK, answer));

        await Assert.ThrowsAsync<AmazonClientException>(() => account.FunctionConcurrencyAsync(default));
    }

    [Fact]
    public async Task Answer_without_a_name_for_the_error_has_the_status()
    {
        using var account = Account((HttpStatusCode.BadGateway, "<html>"));

        Assert.Equal(
            "502",
            (
                await Assert.ThrowsAsync<AmazonServiceException>(
                    () => account.FunctionConcurrencyAsync(default))).ErrorCode);
    }

    private static string IamError(string code, string message) =>
        $"""<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>r</RequestId></ErrorResponse>""";

    private AwsAccount Account(
        (HttpStatusCode Status, string Body) answer,
        string region = "eu-central-1",
        string? header = null,
        AWSCredentials? credentials = null) =>
        Account(_ => answer, region, header, credentials);

    private AwsAccount Account(
        Func<HttpRequestMessage,
        (HttpStatusCode Status, string Body)> answer,
        string region = "eu-central-1",
        string? header = null,
        AWSCredentials? credentials = null)
    {
        var known = credentials ?? new BasicAWSCredentials("AKIDEXAMPLE", "secret");
        return new AwsAccount(new SignedCalls(
            new Target(null, region, known, false, ""),
            new SignedHttp(new Wire(this, answer, header), known.GetCredentialsAsync, new ManualClock())));
    }

    private sealed class Wire(
        AwsAccountTests test,
        Func<HttpRequestMessage,
        (HttpStatusCode Status, string Body)> answer,
        string? header) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var kept = new HttpRequestMessage(request.Method, request.RequestUri);
            foreach (var (name, values) in request.Headers) kept.Headers.TryAddWithoutValidation(name, values);
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            kept.Content = new StringContent(body);
            kept.Content.Headers.ContentType = request.Content?.Headers.ContentType;
            test._calls.Add((kept, body));
            var (status, text) = answer(request);
            var response = new HttpResponseMessage(status)
            {
                Content = new StringContent(text, Encoding.UTF8),
                RequestMessage = request,
            };
            if (header is not null) response.Headers.TryAddWithoutValidation("x-amzn-ErrorType", header);
            return response;
        }
    }
}
