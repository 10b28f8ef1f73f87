using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.State;

/// <summary>An upload whose last writes find no room is refused as a whole, and the emulator goes on.</summary>
public sealed class RefusedUploadTests
{
    private const string Resources = """
        {"Uploads":{"Type":"AWS::S3::Bucket","Properties":{"BucketName":"uploads",
           "VersioningConfiguration":{"Status":"Enabled"},
           "NotificationConfiguration":{"EventBridgeConfiguration":{"EventBridgeEnabled":true}}}},
         "Rule":{"Type":"AWS::Events::Rule","Properties":{"Name":"rule","EventPattern":{"source":["aws.s3"]},
           "Targets":[{"Id":"queue","Arn":{"Fn::GetAtt":["Inbox","Arn"]}}]}},
         "Inbox":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"inbox"}}}
        """;

    [Theory]
    [InlineData("s3/buckets/uploads")]
    [InlineData("events/deliveries")]
    public async Task It_leaves_nothing_half_and_is_accepted_when_there_is_room_again(string place)
    {
        await using var stack = await EmulatedStack.StartAsync(Resources, new ManualClock());
        var state = Path.Combine(stack.Folder, "state");
        var folder = Path.Combine(state, place);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await File.WriteAllTextAsync(folder, "in its place, so that nothing can be written there");

        var refused = await stack.RestAsync("s3", HttpMethod.Put, "/uploads/a.txt", "kept");
        var left = Blobs(state);
        var missing = await stack.RestAsync("s3", HttpMethod.Get, "/uploads/a.txt");
        File.Delete(folder);
        await stack.RestAsync("s3", HttpMethod.Put, "/uploads/a.txt", "kept");

        Assert.Equal((500, 404), (refused.Status, missing.Status));
        Assert.Empty(left);
        Assert.Equal("kept", (await stack.RestAsync("s3", HttpMethod.Get, "/uploads/a.txt")).Body);
    }

    private static string[] Blobs(string state) =>
        Directory.Exists(Path.Combine(state, "s3", "blobs"))
            ? Directory.GetFiles(Path.Combine(state, "s3", "blobs"), "*", SearchOption.AllDirectories)
            : [];
}
