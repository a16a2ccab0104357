using Integr8sCode.Replays;

namespace Integr8sCode.Mongo;

public sealed class MongoReplayStoreTests() : ReplayStoreTests(new MongoTestStores());
