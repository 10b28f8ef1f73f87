using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.S3.Model;
using Jobs.Aws.Runs;
using Jobs.Core.Ids;
using Jobs.Core.Triggers;

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

// Names and addresses are those of the stack that the app host refers to.
var bucket = app.Configuration["JOBS_BUCKET"]!;
using var s3 = new AmazonS3Client(new AmazonS3Config { ForcePathStyle = true });
using var dynamo = new AmazonDynamoDBClient();
var runs = new DynamoRunStore(
    dynamo, app.Configuration["JOBS_RUNS_TABLE"]!, app.Configuration["JOBS_RESULTS_TABLE"]!, TimeProvider.System);

// curl --data-binary @gdp.csv http://localhost:15153/tables/gdp
app.MapPost("/tables/{name}", async (string name, HttpRequest request, CancellationToken cancellation) =>
{
    using var text = new StreamReader(request.Body);
    var key = $"incoming/{name}.csv";
    var put = await s3.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            ContentBody = await text.ReadToEndAsync(cancellation),
        },
        cancellation);
    var run = UploadIntake.Identify("csv-import", new Jobs.Upload(bucket, key) { VersionId = put.VersionId });
    return Results.Accepted($"/runs/{run}");
});

app.MapGet("/runs/{job}/{key}", async (string job, string key, CancellationToken cancellation) =>
    RunId.TryParse($"{job}/{key}", out var id) && await runs.ReadAsync(id, cancellation) is { } reading
        ? Results.Ok(new { State = reading.Run.State.ToString(), Result = reading.Worker?.ResultJson })
        : Results.NotFound());

app.Run();
