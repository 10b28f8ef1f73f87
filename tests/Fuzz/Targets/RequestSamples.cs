using System.Text;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>Requests to the laptop's port, of each service and protocol, as clients send them.</summary>
internal static class RequestSamples
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <param name="host">Host and port.</param>
    public static IReadOnlyList<byte[]> Of(string host) =>
    [
        .. Json().Concat(Queries()).Concat(Objects()).Concat(Others())
            .Select(request => Encoding.UTF8.GetBytes(request.Replace("HOST", host, StringComparison.Ordinal))),
    ];

    private static IEnumerable<string> Json() =>
    [
        Call(
            "sqs", "AmazonSQS.SendMessage",
            """{"QueueUrl":"http://HOST/000000000000/orders","MessageBody":"{}","MessageAttributes":{"a":{"DataType":"String","StringValue":"b"}},"DelaySeconds":0}"""),
        Call(
            "sqs", "AmazonSQS.ReceiveMessage",
            """{"QueueUrl":"http://HOST/000000000000/orders","MaxNumberOfMessages":10,"WaitTimeSeconds":0,"MessageSystemAttributeNames":["All"]}"""),
        Call(
            "sqs", "AmazonSQS.SendMessageBatch",
            """{"QueueUrl":"http://HOST/000000000000/orders","Entries":[{"Id":"a","MessageBody":"x"},{"Id":"b","MessageBody":"y"}]}"""),
        Call(
            "sqs", "AmazonSQS.DeleteMessage",
            """{"QueueUrl":"http://HOST/000000000000/orders","ReceiptHandle":"AQEB"}"""),
        Call(
            "sqs", "AmazonSQS.GetQueueAttributes",
            """{"QueueUrl":"http://HOST/000000000000/orders","AttributeNames":["All"]}"""),
        Call(
            "dynamodb", "DynamoDB_20120810.PutItem",
            """{"TableName":"things","Item":{"id":{"S":"a"},"n":{"N":"1"},"m":{"M":{"l":{"L":[{"S":"x"}]}}}},"ConditionExpression":"attribute_not_exists(id)"}"""),
        Call(
            "dynamodb", "DynamoDB_20120810.Query",
            """{"TableName":"things","KeyConditionExpression":"id = :id","ExpressionAttributeValues":{":id":{"S":"a"}}}"""),
        Call(
            "dynamodb", "DynamoDB_20120810.UpdateItem",
            """{"TableName":"things","Key":{"id":{"S":"a"}},"UpdateExpression":"SET #n = if_not_exists(#n, :z) + :o","ExpressionAttributeNames":{"#n":"n"},"ExpressionAttributeValues":{":z":{"N":"0"},":o":{"N":"1"}}}"""),
        Call(
            "dynamodb", "DynamoDB_20120810.TransactWriteItems",
            """{"TransactItems":[{"Put":{"TableName":"things","Item":{"id":{"S":"b"}}}},{"ConditionCheck":{"TableName":"things","Key":{"id":{"S":"c"}},"ConditionExpression":"attribute_not_exists(id)"}}]}"""),
        Call(
            "events", "AWSEvents.PutEvents",
            """{"Entries":[{"Source":"shop","DetailType":"Order placed","Detail":"{\"id\":\"A-17\"}","EventBusName":"default","Time":1767600000.5,"Resources":["arn:a"]}]}"""),
        Call("events", "AWSEvents.ListRules", """{"NamePrefix":"a"}"""),
        Call(
            "logs", "Logs_20140328.FilterLogEvents",
            """{"logGroupName":"things","filterPattern":"{ $.level = \"Error\" && $.n > 3 }","startTime":0,"limit":10}"""),
        Call(
            "logs", "Logs_20140328.DescribeLogStreams",
            """{"logGroupName":"things","orderBy":"LastEventTime","descending":true}"""),
        Call(
            "ecs", "AmazonEC2ContainerServiceV20141113.ListTasks",
            """{"cluster":"things","desiredStatus":"STOPPED","startedBy":"x"}"""),
        Call(
            "ecs", "AmazonEC2ContainerServiceV20141113.RunTask",
            """{"cluster":"things","taskDefinition":"absent","launchType":"FARGATE","count":1,"overrides":{"containerOverrides":[{"name":"worker","environment":[{"name":"A","value":"b"}]}]}}"""),
        Call(
            "monitoring", "GraniteServiceVersion20100801.PutMetricData",
            """{"Namespace":"things","MetricData":[{"MetricName":"n","Value":1.5,"Unit":"Count","Dimensions":[{"Name":"a","Value":"b"}]}]}"""),
        Call(
            "monitoring", "GraniteServiceVersion20100801.GetMetricStatistics",
            """{"Namespace":"things","MetricName":"n","StartTime":1767600000,"EndTime":1767603600,"Period":60,"Statistics":["Sum"]}"""),
        Call(
            "monitoring", "GraniteServiceVersion20100801.GetMetricData",
            """{"StartTime":1767600000,"EndTime":1767603600,"MetricDataQueries":[{"Id":"a","MetricStat":{"Metric":{"Namespace":"things","MetricName":"n"},"Period":60,"Stat":"Sum"}}]}"""),
        Call(
            "ecs", "AmazonEC2ContainerServiceV20141113.UpdateTaskProtection",
            """{"cluster":"things","tasks":["x"],"protectionEnabled":true,"expiresInMinutes":60}"""),
        Call(
            "application-autoscaling", "AnyScaleFrontendService.DescribeScalingActivities",
            """{"ServiceNamespace":"ecs"}"""),
    ];

    private static IEnumerable<string> Queries() =>
    [
        Query("sns", "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Anews&Subject=s&Message=m&MessageAttributes.entry.1.Name=a&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=b"),
        Query("sns", "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Anews&MessageStructure=json&Message=%7B%22default%22%3A%22m%22%2C%22email%22%3A%22n%22%7D"),
        Query("sns", "Action=ListSubscriptionsByTopic&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A000000000000%3Anews"),
        Query("cloudformation", "Action=DescribeStacks&Version=2010-05-15&StackName=test"),
        Query("cloudformation", "Action=DescribeStackEvents&Version=2010-05-15&StackName=test"),
        Query("sts", "Action=GetCallerIdentity&Version=2011-06-15"),
        Query("sqs", "Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2FHOST%2F000000000000%2Forders&MessageBody=x"),
    ];

    private static IEnumerable<string> Objects() =>
    [
        Request(
            "PUT", "/things/incoming/a%20b+c.csv", "s3", "text/csv", "a,b\n1,2\n",
            "x-amz-meta-a: b\r\nx-amz-tagging: k=v&l=w\r\n"),
        Request(
            "PUT", "/things/copy.csv", "s3", null, "",
            "x-amz-copy-source: /things/incoming/a%20b%2Bc.csv?versionId=null\r\nx-amz-metadata-directive: REPLACE\r\n"),
        Request(
            "PUT", "/things/chunked", "s3", null, "5;chunk-signature=00\r\nhello\r\n0;chunk-signature=00\r\n\r\n",
            "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\r\nx-amz-decoded-content-length: 5\r\nContent-Encoding: aws-chunked\r\n"),
        Request(
            "GET", "/things/incoming/a%20b+c.csv?versionId=null", "s3", null, "",
            "Range: bytes=0-3\r\nIf-None-Match: \"x\"\r\n"),
        Request("HEAD", "/things/incoming/a%20b+c.csv", "s3", null, ""),
        Request(
            "GET",
            "/things?list-type=2&prefix=incoming%2F&delimiter=%2F&max-keys=2&encoding-type=url&continuation-token=x",
            "s3", null, ""),
        Request("GET", "/things?versions&key-marker=a&version-id-marker=b", "s3", null, ""),
        Request("GET", "/things?uploads", "s3", null, ""),
        Request("POST", "/things/large?uploads", "s3", null, ""),
        Request("PUT", "/things/large?partNumber=1&uploadId=abc", "s3", null, "part"),
        Request(
            "POST", "/things/large?uploadId=abc", "s3", "application/xml",
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>"),
        Request(
            "POST", "/things?delete", "s3", "application/xml",
            "<Delete><Object><Key>incoming/a</Key><VersionId>null</VersionId></Object><Quiet>true</Quiet></Delete>",
            "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==\r\n"),
        Request(
            "PUT", "/things/incoming/a?tagging", "s3", "application/xml",
            "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>"),
        Request(
            "PUT", "/things?cors", "s3", "application/xml",
            "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>"),
        Request(
            "GET",
            "/things/incoming/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDANYTHING%2F20260105%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260105T080000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=00",
            "s3", null, ""),
        Request(
            "POST", "/things", "s3", "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nincoming/${filename}\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--b--\r\n"),
        Request(
            "OPTIONS", "/things/incoming/a", "s3", null, "",
            "Origin: http://localhost:3000\r\nAccess-Control-Request-Method: PUT\r\n"),
    ];

    private static IEnumerable<string> Others() =>
    [
        Request("GET", "/schedules?NamePrefix=a&MaxResults=3", "scheduler", null, ""),
        Request(
            "POST", "/schedules/hourly", "scheduler", "application/json",
            """{"ScheduleExpression":"rate(1 hour)","FlexibleTimeWindow":{"Mode":"OFF"},"Target":{"Arn":"arn:aws:sqs:us-east-1:000000000000:orders","RoleArn":"arn:aws:iam::000000000000:role/r"}}"""),
        Request("GET", "/2015-03-31/functions/absent/configuration", "lambda", null, ""),
        Request(
            "POST", "/2015-03-31/functions/absent/invocations", "lambda", "application/json", """{"a":1}""",
            "X-Amz-Invocation-Type: Event\r\n"),
        Request("POST", "/_spot/000", "", "application/json", "{}"),
    ];

    private static string Call(string service, string target, string body) =>
        Request("POST", "/", service, "application/x-amz-json-1.0", body, $"X-Amz-Target: {target}\r\n");

    private static string Query(string service, string form) => Request("POST", "/", service, Form, form);

    /// <summary>By the laptop's owner, whose secret is not known and so is not checked.</summary>
    private static string Signature(string service) =>
        $"Authorization: AWS4-HMAC-SHA256 Credential=AKIDANYTHING/20260105/us-east-1/{service}/aws4_request, " +
        $"SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}\r\nX-Amz-Date: 20260105T080000Z\r\n";

    private static string Request(
        string method, string path, string service, string? type, string body, string headers = "") =>
        $"{method} {path} HTTP/1.1\r\nHost: HOST\r\n" +
        (service.Length > 0 ? Signature(service) : "") +
        (type is null ? "" : $"Content-Type: {type}\r\n") +
        $"{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
}
