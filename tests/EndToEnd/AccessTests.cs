using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Jobs.Core;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>
/// A job's role can do what the job declares, and nothing else; the laptop enforces the deployed policy.
/// </summary>
[Collection(LaptopCollection.Name)]
public sealed class AccessTests(RunningLaptop stack)
{
    [Fact]
    public async Task Worker_of_one_job_cannot_read_or_write_another_jobs_records()
    {
        using var dynamo = Dynamo("JobscsvimportTaskRole");

        var read = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => dynamo.GetItemAsync(
            new GetItemRequest { TableName = Runs, Key = Key("photo-catalog/00000000000000000000000000", "run") }));
        var write = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => dynamo.PutItemAsync(
            new PutItemRequest
            {
                TableName = Results,
                Item = Key("photo-catalog/00000000000000000000000000", "worker"),
            }));

        Assert.Equal("AccessDeniedException", read.ErrorCode);
        Assert.Contains("dynamodb:GetItem", read.Message, StringComparison.Ordinal);
        Assert.Equal("AccessDeniedException", write.ErrorCode);
    }

    [Fact]
    public async Task Worker_cannot_write_control_state_nor_scan()
    {
        using var dynamo = Dynamo("JobscsvimportTaskRole");

        var forged = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => dynamo.PutItemAsync(
            new PutItemRequest { TableName = Runs, Item = Key("csv-import/00000000000000000000000000", "run") }));
        var scanned = await Assert.ThrowsAsync<AmazonDynamoDBException>(
            () => dynamo.ScanAsync(new ScanRequest { TableName = Results }));

        Assert.Equal("AccessDeniedException", forged.ErrorCode);
        Assert.Equal("AccessDeniedException", scanned.ErrorCode);
    }

    [Fact]
    public async Task Worker_reads_its_own_uploads_only()
    {
        await stack.UploadAsync("photo-catalog", "elsewhere/secret.txt", "secret");
        await stack.UploadAsync("csv-import", "incoming/own.csv", "a\n1\n");
        using var s3 = new AmazonS3Client(
            CredentialsOf("JobscsvimportTaskRole"),
            new AmazonS3Config
            {
                ServiceURL = stack.Laptop.Endpoint.ToString(),
                AuthenticationRegion = Laptop.Region,
                ForcePathStyle = true,
            });

        var own = await s3.GetObjectAsync(stack.Laptop.Bucket, "incoming/own.csv");
        var other = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => s3.GetObjectAsync(stack.Laptop.Bucket, "elsewhere/secret.txt"));

        Assert.Equal(4, own.ContentLength);
        Assert.Equal("AccessDenied", other.ErrorCode);
    }

    private string Runs => stack.Laptop.Output(OutputNames.RunsTable);

    private string Results => stack.Laptop.Output(OutputNames.ResultsTable);

    private AmazonDynamoDBClient Dynamo(string role) => new(
        CredentialsOf(role),
        new AmazonDynamoDBConfig
        {
            ServiceURL = stack.Laptop.Endpoint.ToString(),
            AuthenticationRegion = Laptop.Region,
        });

    private SessionAWSCredentials CredentialsOf(string role)
    {
        var issued = stack.Laptop.Host.Credentials.Issue(
            $"arn:aws:iam::000000000000:role{Names.RolePath("jobs")}{stack.Resource(role)}",
            "test",
            TimeSpan.FromHours(1));
        return new SessionAWSCredentials(issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken);
    }

    private static Dictionary<string, AttributeValue> Key(string partition, string sort) =>
        new() { ["pk"] = new AttributeValue(partition), ["sk"] = new AttributeValue(sort) };
}
