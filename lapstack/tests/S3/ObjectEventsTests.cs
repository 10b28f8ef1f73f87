using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;
using Lapstack.Services.S3;
using Lapstack.State;
using Lapstack.Wire;
using Microsoft.AspNetCore.Http;

namespace Lapstack.Tests.S3;

public sealed class ObjectEventsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("events-").FullName;
    private readonly ManualClock _clock = new();
    private readonly RecordingBus _bus = new();

    [Fact]
    public async Task Created_object_has_exactly_the_documented_event()
    {
        var bucket = NewBucket(versioned: true);
        var version = Add(bucket, "in/a +%20ü.csv", "v1");

        await Events().CreatedAsync(bucket, version, "PutObject", Request(), CancellationToken.None);

        AssertEvent(
            $$$"""
            {"version":"0","id":"ID","detail-type":"Object Created","source":"aws.s3","account":"111122223333","time":"2026-01-05T08:00:00Z","region":"us-east-1",
             "resources":["arn:aws:s3:::uploads"],
             "detail":{"version":"0","bucket":{"name":"uploads"},
               "object":{"key":"in/a +%20ü.csv","size":5,"etag":"b1946ac92492d2347c6235b4d2611184","version-id":"v1","sequencer":"{{{version.Sequencer}}}"},
               "request-id":"request-1","requester":"111122223333","source-ip-address":"127.0.0.1","reason":"PutObject"}}
            """);
    }

    [Fact]
    public async Task Unversioned_object_has_no_version_id()
    {
        var bucket = NewBucket(versioned: false);

        await Events().CreatedAsync(
            bucket, Add(bucket, "k", ObjectVersion.NullVersion), "CopyObject", Request(), CancellationToken.None);

        Assert.Null(_bus.Events.Single()["detail"]!["object"]!["version-id"]);
    }

    [Fact]
    public async Task Delete_marker_and_permanent_deletion_are_told_apart()
    {
        var bucket = NewBucket(versioned: true);
        var marker = Add(bucket, "k", "m1") with { IsDeleteMarker = true };

        await Events().MarkedAsync(bucket, marker, Request(), CancellationToken.None);
        await Events().RemovedAsync(bucket, marker, "00FF", _clock.GetUtcNow(), Request(), CancellationToken.None);

        Assert.Equal(
            ["Delete Marker Created", "Permanently Deleted"],
            _bus.Events.Select(e => (string?)e["detail"]!["deletion-type"]));
        Assert.All(_bus.Events, e => Assert.Equal("Object Deleted", (string?)e["detail-type"]));
    }

    [Fact]
    public async Task Bucket_without_EventBridge_is_silent()
    {
        var bucket = NewBucket(versioned: true);
        bucket.EventBridge = false;

        await Events().CreatedAsync(bucket, Add(bucket, "k", "v"), "PutObject", Request(), CancellationToken.None);

        Assert.Empty(_bus.Events);
    }

    [Fact]
    public void Sequencer_grows_though_the_clock_stands_still_and_after_a_restart()
    {
        var first = Add(NewBucket(versioned: true), "k", "v1");
        var second = Add(NewBucket(versioned: true), "k", "v2");

        Assert.Matches("^[0-9A-F]{18}$", first.Sequencer);
        Assert.True(string.CompareOrdinal(first.Sequencer, second.Sequencer) < 0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

#pragma warning disable RS0030 // Seeded here, where it is made.
    private ObjectEvents Events() =>
        new(new Account("111122223333", "us-east-1"), new Ids(new Random(1)), new Activity(_clock), _bus, _clock);
#pragma warning restore RS0030

    private Bucket NewBucket(bool versioned) =>
        new("uploads", new StateFolder(_folder).For("s3"), _clock) { Versioned = versioned, EventBridge = true };

    private static ObjectVersion Add(Bucket bucket, string key, string versionId) => bucket.Add(
        (sequencer, now) => new ObjectVersion
        {
            Key = key,
            VersionId = versionId,
            Sequencer = sequencer,
            LastModified = now,
            Size = 5,
            ETag = "b1946ac92492d2347c6235b4d2611184",
        },
        null,
        key).Added;

    private static WireRequest Request() => new()
    {
        RequestId = "request-1",
        Caller = Lapstack.Access.Caller.Owner("111122223333"),
        Method = "PUT",
        RawPath = "/",
        Query = new QueryCollection(),
        Headers = new HeaderDictionary(),
        Host = "localhost",
        Body = Stream.Null,
    };

    private void AssertEvent(string expected)
    {
        var actual = _bus.Events.Single();
        actual["id"] = "ID";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
    }

    private sealed class RecordingBus : IEventBus
    {
        public List<JsonObject> Events { get; } = [];

        public Task PutAsync(JsonObject @event, CancellationToken cancellation)
        {
            Events.Add(@event);
            return Task.CompletedTask;
        }
    }
}
